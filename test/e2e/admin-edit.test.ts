import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient, PASSWORD } from '../support/client.ts'
import { accountRow } from '../support/rows.ts'
import { choose, NOT_SUSPENDED, openOffice } from './support/admins.ts'
import { becomeMember, enter } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { members, create, edit } = admin
const { fields, overview, navigation, faults, errors, reauthentication } = en
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const office = await openOffice(stage)

  suite(`a new member, ${origins}`, () => {
    test('is created with a role, can sign in at once, and is told by mail', async t => {
      const email = `made-${origins}@example.com`
      const guest = await office.enter(t, '/admin/members')
      guest.expect('409 POST /accounts')
      guest.expect(NOT_SUSPENDED)
      await guest.follow(members.add)
      await guest.arrives(create.title)
      await guest.fill({ [fields.title]: 'Dr', [fields.firstName]: 'Alan', [fields.lastName]: 'Turing' })
      await guest.fill({ [fields.email]: office.admin.email, [create.password]: PASSWORD })
      await choose(guest, overview.role, overview.roles.Admin)
      await choose(guest, overview.role, overview.roles.User)
      await guest.press(create.submit)
      await guest.faults({ [fields.email]: errors.email_taken })
      await guest.fill({ [fields.email]: email })
      await guest.press(create.submit)
      await guest.arrives('Alan Turing')
      await guest.says(create.done('Alan Turing'))
      assert.equal((await createClient(stage.server).logIn(email)).status, 200)
      assert.equal((await stage.mail.next(email, /created/)).subject, 'An account has been created for you')
    })
  })

  suite(`editing a member, ${origins}`, () => {
    test('changes names, address and password at once; the member is told and signed out', async t => {
      const member = await becomeMember(stage)
      const [email, password] = [`edited-${origins}@example.com`, 'staple battery horse']
      const guest = await office.enter(t, `/admin/members/${member.id}`)
      guest.expect(NOT_SUSPENDED)
      guest.expect('400 PUT /accounts/')
      guest.expect('409 PUT /accounts/')
      await guest.arrives('Ada Lovelace')
      await guest.follow(admin.member.edit)
      await guest.arrives(edit.title('Ada Lovelace'))
      await guest.fill({ [fields.lastName]: 'Byron', [fields.email]: email })
      await guest.says(edit.emailHint)
      await guest.page.getByText(edit.changePassword, { exact: true }).click()
      await guest.fill({ [fields.newPassword]: 'password1' })
      await guest.press(edit.submit)
      await guest.faults({ [fields.newPassword]: faults.commonPassword })
      stage.advance(LATER)
      await guest.fill({ [fields.newPassword]: password })
      await guest.press(edit.submit)
      const question = guest.dialog(reauthentication.title)
      await question.fill({ [fields.currentPassword]: office.admin.password })
      await question.press(reauthentication.confirm)
      await guest.arrives('Ada Byron')
      await guest.says(edit.saved('Ada Byron'))
      assert.equal((await createClient(stage.server).logIn(email, password)).status, 200)
      assert.match((await stage.mail.next(member.email, /address/)).text, new RegExp(email))
    })

    test('makes an Admin, who finds the Admin area, and never leaves the installation without one', async t => {
      const member = await becomeMember(stage)
      const guest = await office.enter(t, `/admin/members/${office.admin.id}/edit`)
      guest.expect('409 PUT /accounts/')
      guest.expect(NOT_SUSPENDED)
      await choose(guest, overview.role, overview.roles.User)
      await guest.press(edit.submit)
      await guest.says(errors.last_admin)
      assert.equal((await accountRow(stage, office.admin.email)).role, 'Admin')
      await guest.page.goto(`/admin/members/${member.id}/edit`)
      await choose(guest, overview.role, overview.roles.Admin)
      await guest.press(edit.submit)
      await guest.arrives('Ada Lovelace')
      const other = await enter(stage, t, member, '/admin/members')
      await other.arrives(members.title)
      await other.page.goto(`/admin/members/${member.id}/edit`)
      await choose(other, overview.role, overview.roles.User)
      await other.press(edit.submit)
      await other.arrives(overview.title('Ada'))
      assert.equal(await other.link(navigation.members).count(), 0)
    })
  })
}
