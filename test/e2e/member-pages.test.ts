import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { de } from '../../examples/react-spa/src/texts/de.ts'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'
import { enter, type Guest } from './support/guest.ts'
import { assertShape } from './support/shape.ts'
import { createStage } from './support/stage.ts'

// What each page of a member looks like. Both origins have the same pages, so one will do.

const stage = await createStage('one-origin')
const { navigation, fields, sessions } = en
const PHONE = { width: 360, height: 800 }
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW

const member = await createMember(stage, {
  email: 'somebody.with.a.rather.long.name@a-rather-long-host-name.example.com'
})
await member.put(`/${member.id}`, { firstName: 'Augusta Ada Theodora', lastName: 'Featherstonehaugh-Cholmondeley' })
await createClient(stage.server).logIn(member.email, 'a guess')
const person = { email: member.email, password: PASSWORD }

interface View {
  path: string
  opens: string
  /** What is there once all is. */
  shows?: string
  act?(guest: Guest): Promise<void>
}

const views: Record<string, View> = {
  overview: { path: '/', opens: en.overview.title('Augusta Ada Theodora') },
  profile: { path: '/account/profile', opens: en.profile.title },
  email: { path: '/account/email', opens: en.email.title },
  'email-confirm': {
    path: '/account/email',
    opens: en.email.title,
    async act(guest) {
      await guest.fill({ [fields.newEmail]: 'another@example.com' })
      await guest.press(en.email.submit)
      await guest.arrives(en.email.sentTitle)
    }
  },
  password: { path: '/account/password', opens: en.changePassword.title },
  'password-again': {
    path: '/account/password',
    opens: en.changePassword.title,
    async act(guest) {
      guest.expect('409 PUT /accounts/')
      stage.advance(LATER)
      await guest.fill({ [fields.newPassword]: 'staple battery horse' })
      await guest.press(en.changePassword.submit)
      await guest.dialog(en.reauthentication.title).field(fields.currentPassword).waitFor()
    }
  },
  sessions: { path: '/account/sessions', opens: sessions.title, shows: sessions.current },
  'sessions-end': {
    path: '/account/sessions',
    opens: sessions.title,
    async act(guest) {
      await guest.press(sessions.endOthers)
      await guest.dialog(sessions.endOthersTitle).button(en.cancel).waitFor()
    }
  },
  activity: { path: '/account/activity', opens: en.activity.title, shows: en.activity.end },
  delete: { path: '/account/delete', opens: en.deletion.title },
  'not-found-member': { path: '/account/nowhere', opens: en.notFound.title },
  'for-admins-only': { path: '/admin/members', opens: en.refused.title }
}

suite('a page for members is accessible, in shape and light or dark:', () => {
  for (const [name, { path, opens, shows, act }] of Object.entries(views)) {
    // ASVS V7.4.4
    test(name, async t => {
      const guest = await enter(stage, t, person, path)
      await guest.arrives(opens)
      assert(await guest.button(en.session.signOut).isVisible())
      if (shows) await guest.says(shows)
      await act?.(guest)
      await assertShape(guest.page, name)
    })
  }

  test('menu, on a phone', async t => {
    const guest = await enter(stage, t, person, '/', { viewport: PHONE })
    const menu = guest.button(navigation.menu)
    assert.equal(await guest.link(navigation.profile).isVisible(), false)
    await menu.click()
    assert.equal(await menu.getAttribute('aria-expanded'), 'true')
    await guest.link(navigation.profile).waitFor()
    await assertShape(guest.page, 'menu')
    await guest.follow(navigation.profile)
    await guest.arrives(en.profile.title)
    assert.equal(await guest.link(navigation.profile).isVisible(), false)
  })
})

test('every page that the navigation leads to has its title, its heading the focus, and its link the mark', async t => {
  const guest = await enter(stage, t, person)
  const pages: [link: string, heading: string][] = [
    [navigation.profile, en.profile.title],
    [navigation.email, en.email.title],
    [navigation.password, en.changePassword.title],
    [navigation.sessions, sessions.title],
    [navigation.activity, en.activity.title],
    [navigation.deletion, en.deletion.title],
    [navigation.overview, en.overview.title('Augusta Ada Theodora')]
  ]
  const links = guest.page.getByRole('navigation', { name: navigation.label })
  for (const [link, heading] of pages) {
    await links.getByRole('link', { name: link, exact: true }).click()
    await guest.arrives(heading)
    assert.deepEqual(await links.locator('[aria-current=page]').allTextContents(), [link])
  }
})

test('the appearance that is chosen outlasts the page, and goes before that of the system', async t => {
  const guest = await enter(stage, t, person, '/', { colorScheme: 'light' })
  const background = () => guest.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await guest.page.getByLabel(en.preferences.appearance).selectOption(en.preferences.dark)
  const dark = await background()
  assert.notEqual(dark, light)
  await guest.page.reload()
  await guest.opens(en.overview.title('Augusta Ada Theodora'))
  assert.equal(await background(), dark)
})

// ASVS V3.2.2
test('a name that would be HTML is a name', async t => {
  const hostile = await createMember(stage, {})
  const firstName = '<img src=x onerror=alert(1)><b>Ada</b>'
  await hostile.put(`/${hostile.id}`, { firstName })
  const guest = await enter(stage, t, { email: hostile.email, password: PASSWORD })
  await guest.arrives(en.overview.title(firstName))
  await guest.follow(navigation.profile)
  await guest.arrives(en.profile.title)
  assert.equal(await guest.field(fields.firstName).inputValue(), firstName)
})

// ASVS V14.3.3
test('a browser keeps what pages look like, and nothing of the member', async t => {
  const guest = await enter(stage, t, person)
  await guest.page.getByLabel(en.preferences.appearance).selectOption(en.preferences.dark)
  await guest.page.getByLabel(en.preferences.language).selectOption('de')
  await guest.page.getByLabel(de.preferences.language).selectOption('en')
  for (const link of [navigation.profile, navigation.sessions, navigation.activity]) await guest.follow(link)
  await guest.arrives(en.activity.title)
  await guest.page.reload()
  await guest.opens(en.activity.title)
  const kept = await guest.page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookie: document.cookie,
    databases: await indexedDB.databases(),
    caches: await caches.keys()
  }))
  const { 'react-router-scroll-positions': scrolled, ...session } = kept.session
  assert.deepEqual(
    { ...kept, session },
    {
      local: { 'guildhall.appearance': 'dark', 'guildhall.language': 'en' },
      session: {},
      cookie: '',
      databases: [],
      caches: []
    }
  )
  assert.match(scrolled ?? '{}', /^\{("\w+":[\d.]+,?)*\}$/)
})
