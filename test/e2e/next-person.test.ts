import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient } from '../support/client.ts'
import { becomeMember, enter, type Guest, open, type Person, signIn } from './support/guest.ts'
import { apply } from './support/sign-up.ts'
import { createStage, ORIGINS, type Stage } from './support/stage.ts'

const { changePassword, checkMail, reauthentication, profile, session, fields, navigation } = en
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW
const NEW_PASSWORD = 'staple battery horse'
const PEOPLE = /@example\.com/

/** Another member's cookie takes the place of the present one, without a sign-out; a new tab tells the others. */
async function switchTo({ email, password }: Person, guest: Guest, { api }: Stage): Promise<void> {
  const status = await guest.page.evaluate(
    async ([url, body]) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(url, { method: 'POST', credentials: 'include', headers, body })).status
    },
    [`${api}/accounts/authenticate`, JSON.stringify({ email, password })] as const
  )
  assert.equal(status, 200)
  const tab = await guest.another('/')
  await tab.says(email)
}

/** What the browser keeps with the page, over a reload. */
async function stateOf(page: Page): Promise<string> {
  return await page.evaluate(() => JSON.stringify(history.state))
}

/** The passwords that were sent by a form and are still in the memory of the page. */
async function passwordsIn(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  const { result: prototype } = await devtools.send('Runtime.evaluate', { expression: 'FormData.prototype' })
  assert.ok(prototype.objectId)
  const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId })
  assert.ok(objects.objectId)
  const { result } = await devtools.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.flatMap(data => data.getAll("password")).join("\\n") }'
  })
  await devtools.detach()
  return String(result.value).split('\n').filter(Boolean)
}

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  suite(`the next person at a browser, ${origins}`, () => {
    /** The dialog of the first member, and a tab beside it. */
    async function askForPassword(guest: Guest) {
      guest.expect('409 PUT /accounts/')
      await guest.arrives(changePassword.title)
      stage.advance(LATER)
      await guest.fill({ [fields.newPassword]: NEW_PASSWORD })
      await guest.press(changePassword.submit)
      const question = guest.dialog(reauthentication.title)
      await question.field(fields.currentPassword).waitFor()
      return question
    }

    test('is not asked for a password when the session ends', async t => {
      const [first, next] = [await becomeMember(stage), await becomeMember(stage, 'Admin')]
      const guest = await enter(stage, t, first, '/account/password')
      const question = await askForPassword(guest)
      const tab = await guest.another('/')
      await tab.press(session.signOut)
      await tab.arrives(en.welcome.title)
      await question.closes()
      await guest.arrives(en.welcome.title)
      await guest.page.getByRole('main').getByRole('link', { name: session.signIn }).click()
      await signIn(guest, next.email)
      await guest.arrives(en.overview.title('Ada'))
      assert.equal(await guest.page.getByRole('dialog').count(), 0)
      assert.equal((await createClient(stage.server).logIn(first.email)).status, 200)
    })

    test('is not asked for a password in place of the one before', async t => {
      const [first, next] = [await becomeMember(stage), await becomeMember(stage, 'Admin')]
      const guest = await enter(stage, t, first, '/account/password')
      const question = await askForPassword(guest)
      await switchTo(next, guest, stage)
      await question.closes()
      await guest.link(navigation.members).waitFor()
      assert.equal(await guest.field(fields.newPassword).inputValue(), '')
      assert.equal(stage.faults.count(`PUT /accounts/${first.id}`), 1)
    })

    test('finds no form of the one before', async t => {
      const [first, next] = [await becomeMember(stage), await becomeMember(stage, 'Admin')]
      const guest = await enter(stage, t, first, '/account/profile')
      await guest.fill({ [fields.firstName]: 'Augusta' })
      await switchTo(next, guest, stage)
      await guest.link(navigation.members).waitFor()
      await guest.opens(profile.title)
      await guest.keeps({ [fields.firstName]: 'Ada' })
    })

    test('finds no password in the memory of the page', async t => {
      const guest = await enter(stage, t, await becomeMember(stage), '/account/password')
      await guest.fill({ [fields.newPassword]: NEW_PASSWORD })
      await guest.press(changePassword.submit)
      await guest.says(changePassword.changed)
      await guest.press(session.signOut)
      await guest.arrives(en.welcome.title)
      assert.deepEqual(await passwordsIn(guest.page), [])
    })

    test('finds no address where one waited for the mail, neither by a reload nor by the way back', async t => {
      const email = `${crypto.randomUUID()}@example.com`
      const guest = await open(stage, t, '/account/sign-up')
      await apply(guest, email)
      await guest.says(email)
      assert.equal((await stateOf(guest.page)).includes(email), false)
      await guest.page.reload()
      await guest.opens(checkMail.title)
      await guest.unsays(email)
      await guest.field(fields.email).waitFor()
    })

    test('finds no new address of the one before by the way back', async t => {
      const [first, next] = [await becomeMember(stage), await becomeMember(stage)]
      const email = `${crypto.randomUUID()}@example.com`
      const guest = await enter(stage, t, first, '/account/email')
      await guest.fill({ [fields.newEmail]: email })
      await guest.press(en.email.submit)
      await guest.arrives(en.email.sentTitle)
      await guest.follow(navigation.overview)
      await guest.arrives(en.overview.title('Ada'))
      await guest.press(session.signOut)
      await guest.arrives(en.welcome.title)
      await guest.page.getByRole('main').getByRole('link', { name: session.signIn }).click()
      await signIn(guest, next.email)
      await guest.arrives(en.overview.title('Ada'))
      for (let steps = 0; steps < 3; steps++) {
        await guest.page.goBack()
        await guest.unsays(email)
        assert.equal((await stateOf(guest.page)).includes(email), false)
      }
      await guest.opens(en.email.title)
      assert.equal(guest.page.url(), `${stage.pages}/account/email`)
    })

    test('sees nothing that was read for the one before', async t => {
      const guest = await enter(stage, t, await becomeMember(stage, 'Admin'), '/admin/members')
      await guest.says(PEOPLE)
      await guest.follow(navigation.overview)
      await guest.arrives(en.overview.title('Ada'))
      await switchTo(await becomeMember(stage, 'Admin'), guest, stage)
      const before = guest.count('GET /accounts')
      await guest.follow(navigation.members)
      await guest.arrives(navigation.members) // the page before says addresses, too
      await guest.says(PEOPLE)
      assert.equal(guest.count('GET /accounts'), before + 1)
    })
  })
}
