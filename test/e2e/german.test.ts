import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { de } from '../../examples/react-spa/src/texts/de.ts'
import { de as deAdmin } from '../../examples/react-spa/src/texts/de-admin.ts'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as enAdmin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { PASSWORD } from '../support/client.ts'
import { NOT_SUSPENDED } from './support/admins.ts'
import { becomeMember, type Guest, open } from './support/guest.ts'
import { apply } from './support/sign-up.ts'
import { createStage, ORIGINS } from './support/stage.ts'
import { tabOf } from './support/tab.ts'
import { sentencesOf, wordsOn } from './support/words.ts'

const { signUp, checkMail, signIn, fields, session, navigation } = de
const GERMAN = { locale: 'de-DE', timezoneId: 'Europe/Berlin' }

/** What is the same in every language: names of languages. */
const NAMES = ['English', 'Deutsch']

const KNOWN = new Set([...sentencesOf(de), ...NAMES])

/** Asserts that all words of the page are German ones of the client, or data. */
async function assertGerman({ page }: Guest, ...data: (string | RegExp)[]): Promise<void> {
  assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  const titles = sentencesOf(de).map(de.pageTitle)
  const isKnown = (word: string) =>
    KNOWN.has(word) ||
    titles.includes(word) ||
    data.some(known => (typeof known === 'string' ? known === word : known.test(word)))
  assert.deepEqual(
    (await wordsOn(page)).filter(word => !isKnown(word)),
    []
  )
}

/** Asserts that nothing on the page is what an English one says and a German one does not. */
async function assertNoEnglish({ page }: Guest): Promise<void> {
  const german = new Set([...KNOWN, ...sentencesOf(deAdmin)])
  const english = new Set([...sentencesOf(en), ...sentencesOf(enAdmin)]).difference(new Set(en.fields.titles)) // data
  const words = new Set(await wordsOn(page))
  assert(words.intersection(german.difference(english)).size > 0)
  assert.deepEqual([...words.intersection(english.difference(german))], [])
}

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  async function arriveInGerman(t: Parameters<typeof open>[1], path?: string): Promise<Guest> {
    const guest = await open(stage, t, path, GERMAN)
    return { ...guest, ...tabOf(guest.page, { texts: de }) }
  }

  suite(`in German, ${origins}`, () => {
    test('one signs up, confirms the address and looks around, without a word of English', async t => {
      const email = `erika-${origins}@example.com`
      const guest = await arriveInGerman(t)
      guest.expect('400 POST /accounts/register')
      guest.expect('400 POST /accounts/verify-email')
      await guest.opens(de.welcome.title)
      await assertGerman(guest)
      await guest.follow(session.signUp)
      await guest.arrives(signUp.title)
      await assertGerman(guest)
      await guest.press(signUp.submit)
      await guest.says(de.faults.terms)
      await assertGerman(guest)
      await guest.fill({
        [fields.title]: 'Frau',
        [fields.firstName]: 'Erika',
        [fields.lastName]: 'Mustermann',
        [fields.email]: email,
        [fields.password]: 'kurz'
      })
      await guest.page.getByText(signUp.terms, { exact: true }).click()
      await guest.press(signUp.submit)
      const tooShort = de.faults.tooShort(8)
      await guest.faults({ [fields.password]: tooShort })
      await assertGerman(guest, tooShort)
      await guest.fill({ [fields.password]: 'password1' })
      await guest.press(signUp.submit)
      await guest.faults({ [fields.password]: de.faults.commonPassword })
      await assertGerman(guest)
      await guest.fill({ [fields.password]: PASSWORD })
      await guest.press(signUp.submit)
      await guest.arrives(checkMail.title)
      await assertGerman(guest, email, /^Noch einmal senden in \d+ s$|^\d+$/)
      const mail = await stage.mail.next(email)
      assert.equal(mail.subject, 'Bestätigen Sie Ihre E-Mail-Adresse')
      assert.match(mail.html, /<html[^>]* lang="de"/)
      const code = /(\d{4}) (\d{4})/.exec(mail.text)?.[0] ?? ''
      await guest.fill({ [fields.code]: code === '0000 0000' ? '1111 1111' : '0000 0000' })
      await guest.press(checkMail.submit)
      await guest.faults({ [fields.code]: de.faults.wrongCode })
      await guest.fill({ [fields.code]: code })
      await guest.press(checkMail.submit)
      await guest.arrives(signIn.title)
      await assertGerman(guest, `${de.verify.done}. ${de.verify.doneSignIn}`)
      await guest.fill({ [fields.password]: PASSWORD })
      await guest.press(session.signIn)
      const hello = de.overview.title('Erika')
      await guest.arrives(hello)
      const name = ['Erika', 'Mustermann', 'Frau', email, hello, de.pageTitle(hello)]
      const day = /^\d+\. \p{L}+ \d{4}$/u
      const notice = `${de.verify.done}. ${de.verify.doneSignIn}`
      await assertGerman(guest, ...name, day, notice)
      for (const [link, heading, shows] of [
        [navigation.profile, de.profile.title],
        [navigation.email, de.email.title],
        [navigation.password, de.changePassword.title],
        [navigation.sessions, de.sessions.title, de.sessions.current],
        [navigation.activity, de.activity.title, de.activity.end],
        [navigation.deletion, de.deletion.title]
      ] as const) {
        await guest.page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click()
        await guest.arrives(heading)
        if (shows) await guest.says(shows)
        const device = [
          /^Chrome unter Linux/,
          /^Zuletzt benutzt|^IP-Adresse 127|^Angemeldet/,
          /^(in dieser|vor \d+) Minuten?$/
        ]
        await assertGerman(guest, ...name, day, notice, ...device, de.deletion.confirmation(email))
      }
    })

    test('a language is chosen at the foot of the page, at once and for the next time, mails included', async t => {
      const guest = await arriveInGerman(t, '/account/forgot-password')
      await guest.opens(de.forgotten.title)
      await guest.page.getByLabel(de.preferences.language).selectOption('English')
      await tabOf(guest.page).opens(en.forgotten.title)
      assert.equal(await guest.page.locator('html').getAttribute('lang'), 'en')
      await guest.page.reload()
      await tabOf(guest.page).opens(en.forgotten.title)
      await guest.page.goto('/account/sign-up')
      const email = `chosen-${origins}@example.com`
      await apply(tabOf(guest.page), email)
      assert.equal((await stage.mail.next(email)).subject, 'Confirm your e-mail address')
    })

    test('an Admin looks around, without a word of English', async t => {
      const { email, id } = await becomeMember(stage, 'Admin')
      const { id: other } = await becomeMember(stage)
      const guest = await arriveInGerman(t, '/account/sign-in?next=/admin/members')
      guest.expect(NOT_SUSPENDED)
      await guest.fill({ [fields.email]: email, [fields.password]: PASSWORD })
      await guest.press(session.signIn)
      await guest.arrives(deAdmin.members.title)
      for (const [path, shows] of [
        ['/admin/members', deAdmin.list.end],
        ['/admin/members/new', deAdmin.create.passwordHint],
        [`/admin/members/${other}`, deAdmin.deletion.lead],
        [`/admin/members/${id}`, deAdmin.suspension.self],
        [`/admin/members/${other}/edit`, deAdmin.edit.changePasswordHint],
        ['/admin/events', de.events.registration_started],
        ['/admin/mail', deAdmin.mail.noneLead]
      ] as const) {
        await guest.page.goto(path)
        await guest.says(shows)
        await assertNoEnglish(guest)
      }
    })
  })
}
