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

  /** Both Admins have the form of a member open; the colleague has saved another first and last name. */
  async function meet(t: Parameters<typeof enter>[1]): Promise<{ member: Person; guest: Guest }> {
    const member = await becomeMember(stage)
    const path = `/admin/members/${member.id}/edit`
    const [guest, other] = [await office.enter(t, path), await enter(stage, t, colleague, path)]
    guest.expect('412 PUT /accounts/')
    other.expect(NOT_SUSPENDED)
    await guest.arrives(edit.title('Ada Lovelace'))
    await guest.fill({ [fields.title]: 'Dr', [fields.lastName]: 'Mine' })
    await other.fill({ [fields.firstName]: 'Augusta', [fields.lastName]: 'Byron' })
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
      assert.deepEqual(await names(member), ['Ms', 'Augusta', 'Byron', 'User'])
      assert.deepEqual(await sides(guest, fields.firstName), ['Augusta', 'Ada'])
      assert.deepEqual(await sides(guest, fields.lastName), ['Byron', 'Mine'])
      assert.deepEqual(await sides(guest, fields.title), [], 'what only one of them has changed is not asked about')
      const typed = [fields.title, fields.firstName, fields.lastName].map(label => guest.field(label).inputValue())
      assert.deepEqual(await Promise.all(typed), ['Dr', 'Augusta', 'Mine'])
    })

    test('save over it with their own', async t => {
      const { member, guest } = await meet(t)
      guest.expect(NOT_SUSPENDED)
      await guest.press(conflict.keepAll)
      await guest.press(edit.submitOver)
      await guest.arrives('Ada Mine')
      assert.deepEqual(await names(member), ['Dr', 'Ada', 'Mine', 'User'])
    })

    test('take all of theirs', async t => {
      const { member, guest } = await meet(t)
      guest.expect(NOT_SUSPENDED)
      await guest.press(conflict.takeAll)
      await guest.press(edit.submitOver)
      await guest.arrives('Augusta Byron')
      assert.deepEqual(await names(member), ['Dr', 'Augusta', 'Byron', 'User'])
    })

    test('decide field by field, and once more when it happens again', async t => {
      const { member, guest } = await meet(t)
      guest.expect(NOT_SUSPENDED)
      await choose(guest, fields.lastName, 'Byron')
      const third = createClient(stage.server)
      await third.logIn(colleague.email)
      await third.put(`/${member.id}`, { firstName: 'Newest', role: 'Admin' })
      await guest.press(edit.submitOver)
      await guest.page.getByRole('radiogroup', { name: overview.role }).nth(1).waitFor() // beside the form's own
      assert.deepEqual(await sides(guest, fields.firstName), ['Newest', 'Augusta'])
      await choose(guest, fields.firstName, 'Newest')
      await guest.press(edit.submitOver)
      await guest.arrives('Newest Byron')
      assert.deepEqual(await names(member), ['Dr', 'Newest', 'Byron', 'Admin'])
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
