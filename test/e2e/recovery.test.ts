import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient } from '../support/client.ts'
import { becomeMember, enter, linkIn, NOBODY, open, signIn } from './support/guest.ts'
import { createStage, ORIGINS, type Stage } from './support/stage.ts'

const { forgotten, reset, fields, faults, session } = en
const RESET = 'POST /accounts/reset-password'
const HOUR = 60 * 60 * 1000 // RESET_TTL
const NEW_PASSWORD = 'staple battery horse'

async function forget({ server, mail }: Stage, email: string) {
  await createClient(server).post('/forgot-password', { email })
  return await mail.next(email, /Reset/)
}

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  suite(`a forgotten password, ${origins}`, () => {
    test('is replaced by the code from the mail; it ends every session', async t => {
      const { email } = await becomeMember(stage)
      const elsewhere = createClient(stage.server)
      await elsewhere.logIn(email)
      const guest = await open(stage, t, '/account/sign-in')
      guest.expect(`400 ${RESET}`)
      guest.expect('401 POST /accounts/authenticate')
      await guest.follow(en.signIn.forgotten)
      await guest.arrives(forgotten.title)
      await guest.fill({ [fields.email]: email })
      await guest.press(forgotten.submit)
      await guest.arrives(reset.title)
      await guest.says(reset.sent(email))
      const code = await stage.mail.code(email, /Reset/)
      await guest.fill({
        [fields.code]: code === '00000000' ? '11111111' : '00000000',
        [fields.newPassword]: NEW_PASSWORD
      })
      await guest.press(reset.submit)
      await guest.faults({ [fields.code]: faults.wrongCode })
      assert.equal(await guest.field(fields.newPassword).inputValue(), NEW_PASSWORD)
      await guest.fill({ [fields.code]: code })
      await guest.press(reset.submit)
      await guest.arrives(reset.done)
      assert.equal((await elsewhere.refresh()).status, 401)
      await guest.page.getByRole('main').getByRole('link', { name: session.signIn }).click()
      await guest.arrives(en.signIn.title)
      await signIn(guest, email)
      await guest.says(en.errors.invalid_credentials)
      await signIn(guest, email, NEW_PASSWORD)
      await guest.arrives(en.overview.title('Ada'))
    })

    test('is replaced by the link from the mail, which does nothing by being opened and works once', async t => {
      const { email } = await becomeMember(stage)
      const link = linkIn(await forget(stage, email))
      const guest = await open(stage, t, link)
      guest.expect(`400 ${RESET}`)
      guest.expect('401 POST /accounts/validate-reset-token')
      await guest.opens(reset.title)
      assert.equal(guest.page.url(), `${stage.pages}/account/reset-password`)
      await guest.says(reset.consequences)
      await guest.fill({ [fields.newPassword]: 'password1' })
      await guest.press(reset.submit)
      await guest.faults({ [fields.newPassword]: faults.commonPassword })
      assert.equal((await createClient(stage.server).logIn(email)).status, 200, 'nothing has happened yet')
      await guest.fill({ [fields.newPassword]: NEW_PASSWORD })
      await guest.press(reset.submit)
      await guest.arrives(reset.done)
      assert.equal((await createClient(stage.server).logIn(email, NEW_PASSWORD)).status, 200)
      await guest.page.goto(link)
      await guest.opens(reset.dead)
      await guest.follow(reset.newMail)
      await guest.arrives(forgotten.title)
    })

    test('leads to a new mail when the link has expired, also while a password is thought of', async t => {
      const { email } = await becomeMember(stage)
      const guest = await open(stage, t, linkIn(await forget(stage, email)))
      guest.expect(`401 ${RESET}`)
      await guest.fill({ [fields.newPassword]: NEW_PASSWORD })
      stage.advance(HOUR)
      await guest.press(reset.submit)
      await guest.arrives(reset.dead)
      assert.equal((await createClient(stage.server).logIn(email)).status, 200)
    })

    test('is replaced by a code that one has already, with the address', async t => {
      const { email } = await becomeMember(stage)
      await createClient(stage.server).post('/forgot-password', { email })
      const code = await stage.mail.code(email, /Reset/)
      const guest = await open(stage, t, '/account/forgot-password')
      await guest.follow(forgotten.haveCode)
      await guest.arrives(reset.title)
      await guest.fill({ [fields.email]: email, [fields.code]: code, [fields.newPassword]: NEW_PASSWORD })
      await guest.press(reset.submit)
      await guest.arrives(reset.done)
    })

    test('is answered alike for an address that nobody has, to which no mail goes', async t => {
      const guest = await open(stage, t, '/account/forgot-password')
      const { email } = await becomeMember(stage)
      for (const address of ['nobody@example.com', email]) {
        await guest.fill({ [fields.email]: address })
        await guest.press(forgotten.submit)
        await guest.arrives(reset.title)
        await guest.says(reset.sent(address))
        await guest.page.goBack()
        await guest.arrives(forgotten.title)
      }
      await stage.mail.next(email, /Reset/)
      assert.equal(stage.mail.received.filter(({ to }) => to === 'nobody@example.com').length, 0)
    })

    test('can be asked for again after a while', async t => {
      const { email } = await becomeMember(stage)
      const guest = await open(stage, t, '/account/forgot-password')
      await guest.context.clock.install()
      await guest.page.reload()
      await guest.fill({ [fields.email]: email })
      await guest.press(forgotten.submit)
      await guest.says(/Send again in \d+ s/)
      await stage.mail.next(email, /Reset/)
      await guest.page.clock.runFor(60_000)
      await guest.press(reset.again)
      await stage.mail.next(email, /Reset/)
      await guest.says(/Send again in \d+ s/)
    })

    test('that is replaced in a browser where one is signed in signs it out', async t => {
      const member = await becomeMember(stage)
      const guest = await enter(stage, t, member)
      guest.expect('401 GET /accounts/')
      guest.expect(NOBODY)
      const link = await guest.another(linkIn(await forget(stage, member.email)))
      await link.fill({ [fields.newPassword]: NEW_PASSWORD })
      await link.press(reset.submit)
      await link.arrives(reset.done)
      await guest.arrives(en.welcome.title)
    })

    test('leaves somebody else signed in who uses the same browser', async t => {
      const { email } = await becomeMember(stage)
      const guest = await enter(stage, t, await becomeMember(stage))
      const link = await guest.another(linkIn(await forget(stage, email)))
      await link.fill({ [fields.newPassword]: NEW_PASSWORD })
      await link.press(reset.submit)
      await link.arrives(reset.done)
      await guest.follow(en.navigation.sessions)
      await guest.arrives(en.sessions.title)
    })
  })
}
