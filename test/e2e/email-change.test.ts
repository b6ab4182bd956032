import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'
import { accountRow } from '../support/rows.ts'
import { becomeMember, enter, linkIn, NOBODY, open } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { email: page, reauthentication, undo, fields, faults, verify } = en
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW
const NEW_PASSWORD = 'staple battery horse'

let addresses = 0
const newAddress = () => `moved${++addresses}@example.com`

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  suite(`another e-mail address, ${origins}`, () => {
    test('asks for the password when it was entered long ago, and counts once its link is clicked', async t => {
      const member = await becomeMember(stage)
      const email = newAddress()
      const guest = await enter(stage, t, member, '/account/email')
      guest.expect('409 PUT /accounts/')
      guest.expect('400 PUT /accounts/')
      await guest.arrives(page.title)
      stage.advance(LATER)
      await guest.fill({ [fields.newEmail]: email })
      await guest.press(page.submit)
      const question = guest.dialog(reauthentication.title)
      await question.press(en.cancel)
      await question.closes()
      assert.equal(await guest.field(fields.newEmail).inputValue(), email)
      assert.equal(await guest.page.getByRole('alert').count(), 0)
      await guest.press(page.submit)
      await question.fill({ [fields.currentPassword]: 'not the password' })
      await question.press(reauthentication.confirm)
      await question.faults({ [fields.currentPassword]: faults.currentPassword })
      await question.fill({ [fields.currentPassword]: member.password })
      await question.press(reauthentication.confirm)
      await guest.arrives(page.sentTitle)
      await guest.says(email)
      assert.equal((await accountRow(stage, member.email)).email, member.email)
      const tab = await guest.another(linkIn(await stage.mail.next(email)))
      await tab.opens(verify.title)
      assert.equal(new URL(tab.page.url()).search, '')
      await tab.press(verify.submit)
      await tab.arrives(verify.done)
      await tab.says(verify.doneSignedIn)
      await tab.follow(verify.onward)
      await tab.arrives(en.overview.title('Ada'))
      await tab.says(email)
    })

    test('is confirmed by the code as well', async t => {
      const member = await becomeMember(stage)
      const email = newAddress()
      const guest = await enter(stage, t, member, '/account/email')
      await guest.fill({ [fields.newEmail]: member.email.toUpperCase() })
      await guest.press(page.submit)
      await guest.faults({ [fields.newEmail]: page.same })
      await guest.fill({ [fields.newEmail]: email })
      await guest.press(page.submit)
      await guest.arrives(page.sentTitle)
      await guest.fill({ [fields.code]: await stage.mail.code(email) })
      await guest.press(page.confirm)
      await guest.arrives(page.title)
      await guest.says(page.changed)
      await guest.says(email)
    })

    test('is confirmed by the code later, too, when its page was left', async t => {
      const member = await becomeMember(stage)
      const email = newAddress()
      const guest = await enter(stage, t, member, '/account/email')
      await guest.fill({ [fields.newEmail]: email })
      await guest.press(page.submit)
      await guest.arrives(page.sentTitle)
      await guest.follow(en.navigation.email)
      await guest.arrives(page.title)
      await guest.follow(page.haveCode)
      await guest.arrives(page.sentTitle)
      await guest.fill({ [fields.newEmail]: email, [fields.code]: await stage.mail.code(email) })
      await guest.press(page.confirm)
      await guest.arrives(page.title)
      await guest.says(page.changed)
      await guest.says(email)
    })

    test('that is taken is answered alike, and only its owner is told', async t => {
      const [member, owner] = [await becomeMember(stage), await becomeMember(stage)]
      const guest = await enter(stage, t, member, '/account/email')
      await guest.fill({ [fields.newEmail]: owner.email })
      await guest.press(page.submit)
      await guest.arrives(page.sentTitle)
      assert.equal((await stage.mail.next(owner.email)).subject, 'This address already has an account')
    })

    test('is undone without signing out somebody else who uses the same browser', async t => {
      const member = await createMember(stage)
      const email = newAddress()
      await member.put(`/${member.id}`, { email })
      await member.post('/verify-email', { token: await stage.mail.secret(email) })
      const guest = await enter(stage, t, await becomeMember(stage))
      const tab = await guest.another(linkIn(await stage.mail.next(member.email, /was changed/)))
      await tab.press(undo.submit)
      await tab.arrives(undo.done)
      await guest.follow(en.navigation.sessions)
      await guest.arrives(en.sessions.title)
    })

    test('can be undone from the old one, which gets the account back', async t => {
      const member = await createMember(stage)
      const email = newAddress()
      await member.put(`/${member.id}`, { email })
      await member.post('/verify-email', { token: await stage.mail.secret(email) })
      const link = linkIn(await stage.mail.next(member.email, /was changed/))
      const thief = await enter(stage, t, { email, password: PASSWORD })
      thief.expect('401 GET /accounts/')
      thief.expect(NOBODY)
      const guest = await open(stage, t, link)
      await guest.opens(undo.title)
      assert.equal(new URL(guest.page.url()).search, '')
      for (const consequence of undo.consequences) await guest.says(consequence)
      assert.equal((await accountRow(stage, email)).email, email)
      await guest.press(undo.submit)
      await guest.arrives(undo.done)
      await guest.page.goto(linkIn(await stage.mail.next(member.email, /Reset/)))
      await guest.fill({ [fields.newPassword]: NEW_PASSWORD })
      await guest.press(en.reset.submit)
      await guest.arrives(en.reset.done)
      assert.equal((await createClient(stage.server).logIn(member.email, NEW_PASSWORD)).status, 200)
      await thief.follow(en.navigation.activity)
      await thief.arrives(en.signIn.title)
    })
  })
}
