import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient } from '../support/client.ts'
import { NOT_SUSPENDED, openOffice } from './support/admins.ts'
import { becomeMember, enter, NOBODY, open, signIn } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { suspension, sessions, deletion, member: texts } = admin
const { fields, errors, faults, navigation, events } = en
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW
const NAME = 'Ada Lovelace'

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const office = await openOffice(stage)

  test(`an Admin's page asks a stranger to sign in, and lets in who is an Admin, ${origins}`, async t => {
    const guest = await open(stage, t, '/admin/events')
    await guest.opens(en.signIn.title)
    await signIn(guest, office.admin.email)
    await guest.arrives(admin.events.title)
  })

  suite(`an Admin at a member's page, ${origins}`, () => {
    test('suspends the member, who is thrown out and cannot sign in, and lets him in again', async t => {
      const person = await becomeMember(stage)
      const member = await enter(stage, t, person)
      member.expect('401 GET /accounts/')
      member.expect(NOBODY)
      member.expect('401 POST /accounts/authenticate')
      const guest = await office.enter(t, `/admin/members/${person.id}`)
      guest.expect(NOT_SUSPENDED)
      guest.expect('409 PUT /accounts/')
      await guest.says(suspension.open)
      stage.advance(LATER)
      await guest.press(suspension.suspend)
      const question = guest.dialog(suspension.suspendTitle(NAME))
      await question.press(suspension.suspend)
      await question.faults({ [suspension.reason]: faults.required })
      await question.fill({ [suspension.reason]: 'Spam', [suspension.untilField]: '2099-12-31T12:00' })
      await question.press(suspension.suspend)
      const again = guest.dialog(en.reauthentication.title)
      await again.fill({ [fields.currentPassword]: office.admin.password })
      await again.press(en.reauthentication.confirm)
      await guest.says(suspension.done(NAME))
      await guest.says('31 Dec 2099, 12:00')
      await guest.says('Spam')
      await guest.says(sessions.none)
      await member.follow(navigation.sessions)
      await member.arrives(en.signIn.title)
      await member.says(errors.session_revoked)
      await signIn(member, person.email)
      await member.says(errors.invalid_credentials)
      const told = await stage.mail.next(person.email, /suspended/)
      assert.match(told.text, /2099/)
      assert.doesNotMatch(told.text, /Spam/)
      await guest.press(suspension.restore)
      await guest.dialog(suspension.restoreTitle(NAME)).press(suspension.restore)
      await guest.says(suspension.restored(NAME))
      await guest.says(suspension.open)
      await signIn(member, person.email)
      await member.arrives(en.sessions.title)
    })

    test('changes the end of a suspension, and sees who was changed meanwhile before deciding again', async t => {
      const person = await becomeMember(stage)
      const other = createClient(stage.server)
      await other.logIn(office.admin.email)
      await other.put(`/${person.id}/suspension`, { reason: 'Spam' })
      const guest = await office.enter(t, `/admin/members/${person.id}`)
      guest.expect('412 PUT /accounts/')
      await guest.says(suspension.forever)
      await other.put(`/${person.id}`, { lastName: 'Byron' })
      await guest.press(suspension.change)
      const question = guest.dialog(suspension.changeTitle)
      assert.equal(await question.field(suspension.reason).inputValue(), 'Spam')
      await question.fill({ [suspension.reason]: 'More spam' })
      await question.press(suspension.save)
      await question.says(errors.precondition_failed)
      await guest.page.getByRole('heading', { name: 'Ada Byron' }).waitFor({ state: 'attached' })
      await question.press(suspension.save)
      await guest.says(suspension.changed)
      await guest.says('More spam')
    })

    test('signs out one device or all of them', async t => {
      const person = await becomeMember(stage)
      const member = await enter(stage, t, person)
      member.expect('401 GET /accounts/')
      member.expect(NOBODY)
      const guest = await office.enter(t, `/admin/members/${person.id}`)
      guest.expect(NOT_SUSPENDED)
      const devices = guest.page.getByRole('list', { name: sessions.title }).getByRole('listitem')
      await devices.nth(1).waitFor()
      await guest.press(en.sessions.endOf('Chrome on Linux'))
      await guest.says(en.sessions.ended('Chrome on Linux'))
      await devices.nth(1).waitFor({ state: 'hidden' })
      await member.follow(navigation.activity)
      await member.arrives(en.signIn.title)
      await guest.press(sessions.endAll)
      await guest.dialog(sessions.endAllTitle(NAME)).press(sessions.endAll)
      await guest.says(sessions.allEnded(NAME))
      await guest.says(sessions.none)
      await guest.says(events.session_revoked)
      assert.equal((await stage.mail.next(person.email, /signed you out/)).subject, 'An administrator signed you out')
    })

    test('deletes the account after typing its address; what happened to it is kept', async t => {
      const person = await becomeMember(stage)
      const member = await enter(stage, t, person)
      member.expect('401 GET /accounts/')
      member.expect(NOBODY)
      const guest = await office.enter(t, `/admin/members/${person.id}`)
      guest.expect(NOT_SUSPENDED)
      guest.expect(/^404 GET \/accounts\/[\w-]+(\/events|\/sessions)?$/)
      await guest.press(deletion.ask)
      const question = guest.dialog(deletion.askTitle(NAME))
      const confirmation = en.deletion.confirmation(person.email)
      await question.fill({ [confirmation]: office.admin.email })
      await question.press(en.deletion.submit)
      await question.faults({ [confirmation]: faults.confirmation })
      await question.fill({ [confirmation]: person.email })
      await question.press(en.deletion.submit)
      await guest.arrives(admin.members.title)
      await guest.says(deletion.done(NAME))
      await member.follow(navigation.profile)
      await member.follow(navigation.sessions)
      await member.arrives(en.signIn.title)
      await guest.page.goto(`/admin/members/${person.id}`)
      await guest.opens(texts.gone)
      await guest.follow(texts.goneEvents)
      await guest.arrives(admin.events.title)
      await guest.says(events.account_deleted)
    })

    test('cannot suspend or delete himself there', async t => {
      const guest = await office.enter(t, `/admin/members/${office.admin.id}`)
      guest.expect(NOT_SUSPENDED)
      await guest.says(suspension.self)
      assert.equal(await guest.button(suspension.suspend).count(), 0)
      assert.equal(await guest.button(deletion.ask).count(), 0)
    })
  })
}
