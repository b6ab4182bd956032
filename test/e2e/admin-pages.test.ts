import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { createClient, createMember, registration } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { outboxRow } from '../support/rows.ts'
import { NOT_SUSPENDED, openOffice } from './support/admins.ts'
import type { Guest } from './support/guest.ts'
import { assertShape } from './support/shape.ts'
import { createStage } from './support/stage.ts'

// What each page of the Admin area looks like. Both origins have the same pages, so one will do.

const stage = await createStage('one-origin')
const office = await openOffice(stage)
const { members, edit, suspension, conflict, deletion, events, mail, create } = admin
const REASON = 'Has sent unwanted advertisements to other members, time and again, although he was asked not to'

const boss = createClient(stage.server)
await boss.logIn(office.admin.email)
const ada = await createMember(stage, { email: 'somebody.with.a.rather.long.name@a-rather-long-host-name.example.com' })
const suspended = await createMember(stage)
await boss.put(`/${suspended.id}/suspension`, { reason: REASON })
await stage.mail.next(suspended.email, /suspended/)
stage.mail.refuse = () => Object.assign(new Error('no such mailbox: the address was rejected'), { responseCode: 550 })
await boss.post('/register', registration('unreachable@example.com', { lastName: 'Featherstonehaugh-Cholmondeley' }))
await eventually(async () => (await outboxRow(stage, 'unreachable@example.com')).parked_at !== null)
stage.mail.refuse = undefined

interface View {
  path: string
  opens: string
  shows: string | RegExp
  expects?: (string | RegExp)[]
  act?(guest: Guest): Promise<void>
}

const views: Record<string, View> = {
  'admin-members': { path: '/admin/members', opens: members.title, shows: members.unconfirmed },
  'admin-members-none': {
    path: '/admin/members',
    opens: members.title,
    shows: members.unconfirmed,
    act: async guest => {
      await guest.fill({ [members.search]: 'nobody' })
      await guest.says(members.none)
    }
  },
  'admin-new': { path: '/admin/members/new', opens: create.title, shows: create.password },
  'admin-new-faults': {
    path: '/admin/members/new',
    opens: create.title,
    shows: create.password,
    act: async guest => {
      await guest.press(create.submit)
      await guest.says(en.faults.required)
    }
  },
  'admin-member': {
    path: `/admin/members/${ada.id}`,
    opens: 'Ada Lovelace',
    shows: suspension.open,
    expects: [NOT_SUSPENDED],
    act: guest => guest.says(en.events.registration_started)
  },
  'admin-member-suspended': { path: `/admin/members/${suspended.id}`, opens: 'Ada Lovelace', shows: REASON },
  'admin-member-gone': {
    path: '/admin/members/01234567-89ab-7def-8123-456789abcdef',
    opens: admin.member.gone,
    shows: admin.member.goneLead,
    expects: ['404 GET /accounts/']
  },
  'admin-suspend': {
    path: `/admin/members/${ada.id}`,
    opens: 'Ada Lovelace',
    shows: suspension.open,
    expects: [NOT_SUSPENDED],
    act: async guest => {
      await guest.press(suspension.suspend)
      await guest.dialog(suspension.suspendTitle('Ada Lovelace')).field(suspension.reason).waitFor()
    }
  },
  'admin-delete': {
    path: `/admin/members/${ada.id}`,
    opens: 'Ada Lovelace',
    shows: suspension.open,
    expects: [NOT_SUSPENDED],
    act: async guest => {
      await guest.press(deletion.ask)
      await guest.dialog(deletion.askTitle('Ada Lovelace')).button(en.deletion.submit).waitFor()
    }
  },
  'admin-edit': {
    path: `/admin/members/${ada.id}/edit`,
    opens: edit.title('Ada Lovelace'),
    shows: edit.changePassword,
    act: async guest => {
      await guest.page.getByText(edit.changePassword, { exact: true }).click()
      await guest.field(en.fields.newPassword).waitFor()
    }
  },
  'admin-conflict': {
    path: `/admin/members/${ada.id}/edit`,
    opens: edit.title('Ada Lovelace'),
    shows: edit.lead,
    expects: ['412 PUT /accounts/'],
    act: async guest => {
      await guest.fill({ [en.fields.firstName]: 'Augusta', [en.fields.lastName]: 'Byron' })
      await boss.put(`/${ada.id}`, { firstName: 'Ada Augusta', lastName: 'Featherstonehaugh-Cholmondeley' })
      await guest.press(edit.submit)
      await guest.says(conflict.title)
    }
  },
  'admin-events': {
    path: '/admin/events',
    opens: events.title,
    shows: en.events.account_suspended,
    act: guest => guest.page.locator('summary').first().click()
  },
  'admin-events-none': { path: '/admin/events?event=signing_key_rotated', opens: events.title, shows: events.none },
  'admin-mail': { path: '/admin/mail', opens: mail.title, shows: /the address was rejected/ },
  'admin-mail-none': { path: '/admin/mail?state=waiting', opens: mail.title, shows: mail.noneSuch },
  'admin-not-found': { path: '/admin/nowhere', opens: en.notFound.title, shows: en.notFound.lead }
}

suite('a page for Admins is accessible, in shape and light or dark:', () => {
  for (const [name, { path, opens, shows, expects = [], act }] of Object.entries(views)) {
    // ASVS V7.4.4
    test(name, async t => {
      const guest = await office.enter(t, path)
      for (const complaint of expects) guest.expect(complaint)
      await guest.arrives(opens)
      assert(await guest.button(en.session.signOut).isVisible())
      await guest.says(shows)
      await act?.(guest)
      await assertShape(guest.page, name)
    })
  }
})
