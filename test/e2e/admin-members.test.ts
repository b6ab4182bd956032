import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient, registration } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { NOT_SUSPENDED, openOffice } from './support/admins.ts'
import { becomeMember, enter, type Guest, open } from './support/guest.ts'
import { createStage, ORIGINS, type Stage } from './support/stage.ts'

const { members, list } = admin
const { overview, navigation } = en
const PAGE = 50 // members at a time

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
    test('leads to the sign-in without what was looked for', async t => {
      const guest = await open(stage, t, '/admin/members?q=somebody&role=Admin')
      await guest.opens(en.signIn.title)
      assert.equal(new URL(guest.page.url()).search, `?${new URLSearchParams({ next: '/admin/members' })}`)
    })

    test('is searched as one types, narrowed to a role, which is kept in the address', async t => {
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
      assert.equal(new URL(guest.page.url()).search, '')
      assert.equal((await guest.page.evaluate(() => JSON.stringify(history.state))).includes('BABBAGE'), false)
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
      const guest = await office.enter(t, '/admin/members')
      guest.expect(NOT_SUSPENDED)
      await guest.fill({ [members.search]: `turing-${origins}` })
      await guest.says(members.shown(1, true))
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
      const guest = await office.enter(t, '/admin/members')
      await guest.fill({ [members.search]: 'nobody' })
      await guest.says(members.none) // not the first page of all
      await guest.fill({ [members.search]: 'paged' })
      await guest.says(members.shown(PAGE, false))
      assert.equal(await rowsOf(guest).count(), PAGE)
      await guest.press(en.more)
      await guest.says(members.shown(PAGE + 2, true))
      const shown = await rowsOf(guest).locator('td:first-of-type').allInnerTexts()
      assert.deepEqual(new Set(shown.map(text => text.split(/\s/)[0])), new Set(addresses))
    })
  })
}
