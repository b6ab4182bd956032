import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient } from '../support/client.ts'
import { accountRow } from '../support/rows.ts'
import { choose, NOT_SUSPENDED, openOffice } from './support/admins.ts'
import { becomeMember, enter, type Guest, type Person } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { conflict, edit } = admin
const { fields, errors, overview } = en

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const office = await openOffice(stage)
  const colleague = await becomeMember(stage, 'Admin')

  const names = async ({ email }: Person) => {
    const { title, first_name, last_name, role } = await accountRow(stage, email)
    return [title, first_name, last_name, role]
  }

  /** Both Admins have the form of a member open, and change title and last name; the colleague, who has saved, the first name. */
  async function meet(t: Parameters<typeof enter>[1]): Promise<{ member: Person; guest: Guest }> {
    const member = await becomeMember(stage)
    const path = `/admin/members/${member.id}/edit`
    const [guest, other] = [await office.enter(t, path), await enter(stage, t, colleague, path)]
    guest.expect('412 PUT /accounts/')
    other.expect(NOT_SUSPENDED)
    await guest.arrives(edit.title('Ada Lovelace'))
    await guest.fill({ [fields.title]: 'Dr', [fields.lastName]: 'Mine' })
    await choose(guest, overview.role, overview.roles.Admin)
    await other.fill({ [fields.title]: 'Lady', [fields.firstName]: 'Augusta', [fields.lastName]: 'Byron' })
    await other.press(edit.submit)
    await other.arrives('Augusta Byron')
    await guest.press(edit.submit)
    await guest.page.getByRole('heading', { name: conflict.title }).waitFor()
    return { member, guest }
  }

  const sides = ({ page }: Guest, part: string) =>
    page.getByRole('radiogroup', { name: part }).locator('label strong').allInnerTexts()

  suite(`two Admins who edit one member, ${origins}`, () => {
    test('see both versions side by side; nothing is saved, and nothing that was typed is lost', async t => {
      const { member, guest } = await meet(t)
      assert.deepEqual(await names(member), ['Lady', 'Augusta', 'Byron', 'User'])
      assert.deepEqual(await sides(guest, fields.title), ['Lady', 'Dr'])
      assert.deepEqual(await sides(guest, fields.lastName), ['Byron', 'Mine'])
      assert.deepEqual(await sides(guest, fields.firstName), [], 'what only one of them has changed is not asked about')
      await guest.says(conflict.taken(`${fields.firstName}: Augusta`))
      const typed = [fields.title, fields.firstName, fields.lastName].map(label => guest.field(label).inputValue())
      assert.deepEqual(await Promise.all(typed), ['Dr', 'Augusta', 'Mine'])
    })

    test('save over it with their own, but for what only the other has changed', async t => {
      const { member, guest } = await meet(t)
      guest.expect(NOT_SUSPENDED)
      await guest.press(conflict.keepAll)
      await guest.press(edit.submitOver)
      await guest.arrives('Augusta Mine')
      assert.deepEqual(await names(member), ['Dr', 'Augusta', 'Mine', 'Admin'])
    })

    test('take all of theirs, but for what only they have changed', async t => {
      const { member, guest } = await meet(t)
      guest.expect(NOT_SUSPENDED)
      await guest.press(conflict.takeAll)
      await guest.press(edit.submitOver)
      await guest.arrives('Augusta Byron')
      assert.deepEqual(await names(member), ['Lady', 'Augusta', 'Byron', 'Admin'])
    })

    test('decide field by field, and once more when it happens again', async t => {
      const { member, guest } = await meet(t)
      guest.expect(NOT_SUSPENDED)
      await choose(guest, fields.lastName, 'Byron')
      const third = createClient(stage.server)
      await third.logIn(colleague.email)
      await third.put(`/${member.id}`, { title: 'Prof', firstName: 'Newest' })
      await guest.press(edit.submitOver)
      await guest.says(conflict.taken(`${fields.firstName}: Newest`))
      assert.deepEqual(await sides(guest, fields.lastName), [])
      assert.deepEqual(await sides(guest, fields.title), ['Prof', 'Dr'])
      await choose(guest, fields.title, 'Prof')
      await guest.press(edit.submitOver)
      await guest.arrives('Newest Byron')
      assert.deepEqual(await names(member), ['Prof', 'Newest', 'Byron', 'Admin'])
    })

    test('who have changed different fields are asked nothing, and told what was taken over', async t => {
      const member = await becomeMember(stage)
      const guest = await office.enter(t, `/admin/members/${member.id}/edit`)
      guest.expect('412 PUT /accounts/')
      guest.expect(NOT_SUSPENDED)
      await guest.arrives(edit.title('Ada Lovelace'))
      const other = createClient(stage.server)
      await other.logIn(colleague.email)
      await other.put(`/${member.id}`, { firstName: 'Augusta' })
      await guest.fill({ [fields.lastName]: 'Mine' })
      await guest.press(edit.submit)
      await guest.says(conflict.merged)
      await guest.says(conflict.taken(`${fields.firstName}: Augusta`))
      await guest.press(edit.submitOver)
      await guest.arrives('Augusta Mine')
      await guest.says(admin.suspension.open)
      assert.deepEqual(await names(member), ['Ms', 'Augusta', 'Mine', 'User'])
    })

    test('are told when one of them has deleted the member', async t => {
      const member = await becomeMember(stage)
      const guest = await office.enter(t, `/admin/members/${member.id}/edit`)
      guest.expect('404 PUT /accounts/')
      await guest.arrives(edit.title('Ada Lovelace'))
      const other = createClient(stage.server)
      await other.logIn(colleague.email)
      await other.delete(`/${member.id}`)
      await guest.fill({ [fields.lastName]: 'Mine' })
      await guest.press(edit.submit)
      await guest.says(errors.account_not_found)
      assert.equal(await guest.field(fields.lastName).inputValue(), 'Mine')
    })
  })
}
