import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, passwords, registration } from '../support/client.ts'
import { accountRow } from '../support/rows.ts'
import { linkIn, open, signIn } from './support/guest.ts'
import { createStage, ORIGINS, type Stage } from './support/stage.ts'

const { verify, checkMail, fields, faults } = en
const VERIFY = 'POST /accounts/verify-email'
const DAY = 24 * 60 * 60 * 1000 // VERIFY_TTL

let people = 0

/** Somebody who has signed up and looks into the mail, maybe on another device. */
async function signUp({ server, mail }: Stage) {
  const email = `reader${++people}@example.com`
  await createClient(server).post('/register', registration(email))
  const received = await mail.next(email)
  return { email, received, link: linkIn(received) }
}

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const isVerified = async (email: string) => (await accountRow(stage, email)).verified_at !== null

  suite(`the link that confirms an address, ${origins}`, () => {
    // ASVS V14.2.1
    test('changes nothing by being opened, and leaves no secret in the address bar or the history', async t => {
      const { email, link } = await signUp(stage)
      const guest = await open(stage, t, '/')
      await guest.opens(en.welcome.title)
      await guest.page.goto(link)
      await guest.opens(verify.title)
      assert.equal(guest.page.url(), `${stage.pages}/account/verify-email`)
      await guest.page.reload()
      await guest.page.goBack()
      await guest.opens(en.welcome.title)
      await guest.page.goForward()
      await guest.opens(verify.title)
      assert.equal(guest.page.url(), `${stage.pages}/account/verify-email`)
      assert.equal(stage.faults.count(VERIFY), 0)
      assert.equal(await isVerified(email), false)
    })

    test('confirms it on a click, and leads to the sign-in', async t => {
      const { email, link } = await signUp(stage)
      const guest = await open(stage, t, link)
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
      assert.equal(await isVerified(email), true)
      await guest.page.getByRole('main').getByRole('link', { name: en.session.signIn }).click()
      await guest.arrives(en.signIn.title)
      await signIn(guest, email)
      await guest.arrives(en.overview.title('Ada'))
    })

    test('works with a slash behind its page, as some programs write addresses', async t => {
      const { email, link } = await signUp(stage)
      const guest = await open(stage, t, link.replace('?', '/?'))
      await guest.opens(verify.title)
      assert.equal(new URL(guest.page.url()).search, '')
      await guest.says(verify.lead)
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
      assert.equal(await isVerified(email), true)
    })

    test('is calm when it is clicked again, and dead once the password was changed since', async t => {
      const { email, link } = await signUp(stage)
      const guest = await open(stage, t, link)
      guest.expect(`401 ${VERIFY}`)
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
      await guest.page.goto(link)
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
      const member = createClient(stage.server)
      await member.logIn(email)
      await member.put(`/${member.id}`, passwords('staple battery horse'))
      await guest.page.goto(link)
      await guest.press(verify.submit)
      await guest.arrives(verify.dead)
      await guest.fill({ [fields.email]: email })
      await guest.press(verify.newMail)
      await guest.arrives(checkMail.title)
      assert.equal((await stage.mail.next(email, /confirmed/)).subject, 'Your e-mail address is confirmed')
    })

    test('that has expired leads to a new mail, whose link works', async t => {
      const { email, link } = await signUp(stage)
      stage.advance(DAY)
      const guest = await open(stage, t, link)
      guest.expect(`401 ${VERIFY}`)
      await guest.press(verify.submit)
      await guest.arrives(verify.dead)
      await guest.fill({ [fields.email]: email })
      await guest.press(verify.newMail)
      await guest.arrives(checkMail.title)
      await guest.page.goto(linkIn(await stage.mail.next(email)))
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
    })

    test('that was cut off leaves the code to be entered, with the address', async t => {
      const { email } = await signUp(stage)
      stage.mail.received.pop()
      await createClient(stage.server).post('/resend-verification', { email })
      const code = await stage.mail.code(email)
      const guest = await open(stage, t, '/account/verify-email')
      guest.expect(`400 ${VERIFY}`)
      await guest.opens(verify.title)
      await guest.fill({ [fields.email]: email, [fields.code]: code === '00000000' ? '11111111' : '00000000' })
      await guest.press(verify.submit)
      await guest.faults({ [fields.code]: faults.wrongCode })
      await guest.fill({ [fields.code]: code })
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
      assert.equal(await isVerified(email), true)
    })

    test('works when the network comes back, without being opened again', async t => {
      const { link } = await signUp(stage)
      const guest = await open(stage, t, link)
      guest.expect(`failed ${VERIFY}`)
      await guest.opens(verify.title)
      stage.faults.fate = what => (what === VERIFY ? 'cut-before' : 'forward')
      await guest.press(verify.submit)
      await guest.says(en.network)
      await stage.faults.heal()
      await guest.press(en.tryAgain)
      await guest.arrives(verify.done)
    })
  })

  test(`a link to undo that is incomplete or wrong says so, ${origins}`, async t => {
    const guest = await open(stage, t, '/account/undo-email-change')
    guest.expect('401 POST /accounts/undo-email-change')
    await guest.opens(en.undo.incomplete)
    await guest.page.goto(`/account/undo-email-change?token=${'A'.repeat(43)}`)
    await guest.opens(en.undo.title)
    assert.equal(new URL(guest.page.url()).search, '')
    await guest.press(en.undo.submit)
    await guest.arrives(en.undo.dead)
  })
}
