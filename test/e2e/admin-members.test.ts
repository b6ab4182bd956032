import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient, PASSWORD, registration } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { accountRow } from '../support/rows.ts'
import { choose, NOT_SUSPENDED, openOffice } from './support/admins.ts'
import { becomeMember, enter, type Guest } from './support/guest.ts'
import { createStage, ORIGINS, type Stage } from './support/stage.ts'

const { members, create, edit, list } = admin
const { fields, overview, navigation, faults, errors, reauthentication } = en
const PAGE = 50 // members at a time
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW

/** Somebody of that last name, who has not confirmed the address yet. */
async function signUp({ server }: Stage, email: string, lastName: string): Promise<void> {
  await createClient(server).post('/register', registration(email, { lastName }))
}

const rowsOf = ({ page }: Guest) => page.getByRole('table', { name: members.table }).locator('tbody tr')

const namesIn = async (guest: Guest) => (await rowsOf(guest).getByRole('link').allInnerTexts()).join('; ')

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const office = await openOffice(stage)

  suite(`who is no Admin, ${origins}`, () => {
    test('is refused in the Admin area, and finds no way to it', async t => {
      const guest = await enter(stage, t, await becomeMember(stage), '/admin/members')
      await guest.arrives(en.refused.title)
      assert.equal(await guest.link(navigation.members).count(), 0)
      assert.equal(guest.count('GET /accounts'), 0)
      for (const path of ['/admin', '/admin/events', '/admin/mail', '/admin/nowhere']) {
        await guest.page.goto(path)
        await guest.opens(en.refused.title)
      }
    })
  })

  suite(`the list of members, ${origins}`, () => {
    test('is searched as one types, narrowed to a role, and kept in the address', async t => {
      await signUp(stage, `babbage-${origins}@example.com`, 'Babbage')
      await signUp(stage, `charles-${origins}@example.com`, 'Babbitt')
      const guest = await office.enter(t, '/')
      await guest.follow(navigation.members)
      await guest.arrives(members.title)
      await guest.fill({ [members.search]: 'babb' })
      await eventually(async () => (await namesIn(guest)) === 'Babbage, Ada Ms; Babbitt, Ada Ms')
      assert.match((await rowsOf(guest).first().textContent()) ?? '', new RegExp(members.unconfirmed))
      await guest.fill({ [members.search]: 'BABBAGE-' })
      await eventually(async () => (await namesIn(guest)) === 'Babbage, Ada Ms')
      await guest.says(members.shown(1, true))
      assert.equal(new URL(guest.page.url()).search, '?q=BABBAGE-')
      await guest.field(members.role).selectOption(overview.roles.Admin)
      await guest.says(members.none)
      await guest.press(list.clear)
      await guest.page.waitForFunction(() => location.search === '')
      assert.equal(await guest.field(members.search).inputValue(), '')
      await guest.field(members.role).selectOption(overview.roles.Admin)
      await rowsOf(guest).nth(1).waitFor({ state: 'hidden' })
      await guest.page.reload()
      await guest.says(members.shown(1, true))
      assert.match((await rowsOf(guest).textContent()) ?? '', new RegExp(office.admin.email))
    })

    test('leads to a member, and back to what was found', async t => {
      await signUp(stage, `turing-${origins}@example.com`, 'Turing')
      const guest = await office.enter(t, `/admin/members?q=turing-${origins}`)
      guest.expect(NOT_SUSPENDED)
      await rowsOf(guest).getByRole('link').click()
      await guest.arrives('Ada Turing')
      await guest.says(`turing-${origins}@example.com`)
      await guest.page.goBack()
      await guest.arrives(members.title)
      assert.equal(await guest.field(members.search).inputValue(), `turing-${origins}`)
    })

    test('loads more when asked, to the end', async t => {
      const addresses = Array.from({ length: PAGE + 2 }, (_, n) => `paged-${n}@example.com`)
      await Promise.all(addresses.map(address => signUp(stage, address, 'Paged')))
      const guest = await office.enter(t, '/admin/members?q=paged')
      await guest.says(members.shown(PAGE, false))
      assert.equal(await rowsOf(guest).count(), PAGE)
      await guest.press(en.more)
      await guest.says(members.shown(PAGE + 2, true))
      const shown = await rowsOf(guest).locator('td:first-of-type').allInnerTexts()
      assert.deepEqual(new Set(shown.map(text => text.split(/\s/)[0])), new Set(addresses))
    })
  })

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
