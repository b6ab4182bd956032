import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient, createMember, registration } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { outboxRow } from '../support/rows.ts'
import { NOT_SUSPENDED, openOffice } from './support/admins.ts'
import type { Guest } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { events, mail, list } = admin
const PAGE = 25 // events at a time
const DAY = 24 * 60 * 60 * 1000

/** What a mail server says: never again, or not now. */
const refusal = (responseCode: number, words: string) => () => Object.assign(new Error(words), { responseCode })

const entries = ({ page }: Guest) => page.getByRole('main').getByRole('listitem')

/** The kinds of the events that are shown, each once. */
const kinds = async (guest: Guest) => [...new Set(await entries(guest).locator('strong').allInnerTexts())]

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const office = await openOffice(stage)

  suite(`events, ${origins}`, () => {
    test('are narrowed to a kind and to a member, and handed on by the address', async t => {
      const member = await createMember(stage, { email: `ada-${origins}@example.com` })
      await member.put(`/${member.id}`, { firstName: 'Augusta' })
      await (await createMember(stage)).post('/revoke-token')
      const guest = await office.enter(t, '/')
      guest.expect(NOT_SUSPENDED)
      await guest.follow(en.navigation.events)
      await guest.arrives(events.title)
      await guest.field(events.event).selectOption(en.events.email_verified)
      await eventually(async () => (await kinds(guest)).join() === en.events.email_verified)
      assert((await entries(guest).count()) >= 3)
      await guest.press(list.clear)
      await guest.fill({ [events.subject]: 'ada-' })
      await guest.page.locator('datalist option', { hasText: 'Lovelace, Augusta' }).waitFor({ state: 'attached' })
      await guest.field(events.subject).press('Enter')
      await guest.button(events.remove(events.subject)).waitFor()
      await eventually(async () => (await entries(guest).count()) === 4)
      assert.equal(new URL(guest.page.url()).searchParams.get('subject'), member.id)
      await guest.field(events.event).selectOption(en.events.account_updated)
      await eventually(async () => (await entries(guest).count()) === 1)
      await guest.page.reload()
      await guest.says(list.shown(1))
      await guest.page.locator('summary').click()
      await guest.page.getByRole('row', { name: `${en.fields.firstName} Ada Augusta` }).waitFor()
      await guest.link('Augusta Lovelace').first().click()
      await guest.arrives('Augusta Lovelace')
      await guest.page.goBack()
      await guest.press(events.remove(events.subject))
      await guest.field(events.subject).waitFor()
    })

    test('are narrowed to the one member that the Enter key can mean, as soon as that is known', async t => {
      const [member, other] = [await createMember(stage), await createMember(stage)]
      await member.put(`/${member.id}`, { lastName: 'Turing' })
      await other.put(`/${other.id}`, { lastName: 'Turingham' })
      const guest = await office.enter(t, '/admin/events')
      await guest.arrives(events.title)
      const seek = async (typed: string) => {
        await guest.fill({ [events.subject]: typed })
        await guest.field(events.subject).press('Enter')
      }
      await seek('nobody like this')
      await guest.says(events.noSuchMember)
      await seek('turi')
      await guest.says(events.severalMembers)
      await seek('turing')
      await guest.button(events.remove(events.subject)).waitFor()
      assert.equal(new URL(guest.page.url()).searchParams.get('subject'), member.id)
    })

    test('are narrowed to days, and to who did something', async t => {
      const member = await createMember(stage)
      const boss = createClient(stage.server)
      await boss.logIn(office.admin.email)
      await boss.put(`/${member.id}`, { firstName: 'Renamed' })
      const guest = await office.enter(t, `/admin/events?actor=${office.admin.id}&event=account_updated`)
      await guest.says(list.shown(1))
      await guest.says('Renamed Lovelace')
      await guest.says(`Ada Lovelace (${admin.you})`)
      const today = stage.now().toISOString().slice(0, 10)
      const tomorrow = new Date(stage.now().getTime() + DAY).toISOString().slice(0, 10)
      await guest.fill({ [events.from]: today, [events.to]: today })
      await guest.says(list.shown(1))
      await guest.fill({ [events.from]: tomorrow })
      await guest.page.getByRole('heading', { name: events.reversed }).waitFor()
      await guest.page.locator('.fault', { hasText: events.reversed }).waitFor()
      await guest.fill({ [events.to]: tomorrow })
      await guest.says(events.none)
      await guest.press(list.clear)
      await eventually(async () => (await entries(guest).count()) > 1)
      assert.equal(new URL(guest.page.url()).search, '')
    })

    test('are loaded by the page, to the end', async t => {
      const member = await createMember(stage)
      for (let n = 1; n <= PAGE; n++) await member.put(`/${member.id}`, { firstName: `Ada ${n}` })
      const guest = await office.enter(t, `/admin/events?subject=${member.id}&event=account_updated`)
      await guest.says(list.end)
      assert.equal(await entries(guest).count(), PAGE)
      await guest.field(events.event).selectOption(events.every)
      await guest.button(en.more).waitFor()
      await guest.press(en.more)
      await guest.says(list.end)
      assert.equal(await entries(guest).count(), PAGE + 3)
    })
  })

  suite(`undelivered mail, ${origins}`, () => {
    test('is shown with what the mail server said, and tried again', async t => {
      const email = `nowhere-${origins}@example.com`
      const anonymous = createClient(stage.server)
      const guest = await office.enter(t, '/')
      await guest.follow(en.navigation.mail)
      await guest.arrives(mail.title)
      await guest.says(mail.none)
      stage.mail.refuse = refusal(550, 'no such mailbox')
      t.after(() => {
        stage.mail.refuse = undefined
      })
      await anonymous.post('/register', registration(email))
      await eventually(async () => (await outboxRow(stage, email)).parked_at !== null)
      await guest.page.reload()
      await guest.says(email)
      await guest.says(mail.templates['verify-email'])
      await guest.says(/no such mailbox/)
      await guest.field(mail.show).selectOption(mail.waiting)
      await guest.says(mail.noneSuch)
      await guest.field(mail.show).selectOption(mail.parked)
      await guest.says(email)
      stage.mail.refuse = undefined
      await guest.press(mail.retryTo(email))
      await guest.says(mail.retried(email))
      await guest.says(mail.noneSuch)
      await stage.mail.next(email)
    })

    test('that waits for its next try says when', async t => {
      const email = `later-${origins}@example.com`
      stage.mail.refuse = refusal(451, 'come back later')
      t.after(() => {
        stage.mail.refuse = undefined
      })
      await createClient(stage.server).post('/register', registration(email))
      await eventually(async () => (await outboxRow(stage, email)).last_error !== null)
      const guest = await office.enter(t, '/admin/mail')
      const entry = entries(guest).filter({ hasText: email })
      await entry.waitFor()
      const text = await entry.innerText()
      for (const words of [mail.waiting, 'come back later']) assert(text.includes(words), text)
      assert.equal(await guest.button(mail.retryTo(email)).count(), 0)
    })
  })
}
