import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idToText } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, passwords } from '../../support/client.ts'
import { setAccount } from '../../support/rows.ts'
import { type Device, present, signIn, useAccess } from '../../support/sessions.ts'

// What each act does to the sessions of an account, at once. What a member does to himself ends his other
// sessions; what somebody else does, or a link, ends all of them.

const app = await createTestApp()
const boss = await createMember(app, { role: 'Admin' })

/** Whose account it is about, as two devices hold it; `own` is where the member acts. */
interface Case {
  email: string
  own: Client & { device: Device }
  other: Device
  path: string
}

interface Act {
  do: (member: Case) => Promise<unknown>
  /** What becomes of the session that acts, or that asked, and of the other one. */
  own: 'lives' | 'ends'
  other: 'lives' | 'ends'
  /** And of links that were under way; not said: not changed by this. */
  links?: 'die' | 'live'
  role?: 'User' | 'Admin'
}

const NEW = 'a very new passphrase'
let count = 0
const fresh = () => `fresh${++count}@example.com`

// With and without every optional field: nothing that comes along may spare a session (Strapi).
const BESIDES: Record<string, () => Record<string, string>> = {
  alone: () => ({}),
  'with a title': () => ({ title: 'Dr' }),
  'with both names': () => ({ firstName: 'Grace', lastName: 'Hopper' }),
  'with the whole form': () => ({ title: 'Ms', firstName: 'Ada', lastName: 'Lovelace' })
}

const acts: Record<string, Act> = {
  'a change of names': {
    do: ({ own, path }) => own.put(path, { title: 'Dr', firstName: 'Grace', lastName: 'Hopper' }),
    own: 'lives',
    other: 'lives',
    links: 'live'
  },
  'the wish for another address': {
    do: ({ own, path }) => own.put(path, { email: fresh() }),
    own: 'lives',
    other: 'lives'
  },
  'another spelling of the address': {
    do: ({ own, email, path }) => own.put(path, { email: email.toUpperCase() }),
    own: 'lives',
    other: 'lives',
    links: 'die'
  },
  ...forEach('a new password of one’s own', besides => ({
    do: ({ own, path }) => own.put(path, { ...passwords(NEW), ...besides() }),
    own: 'lives',
    other: 'ends',
    links: 'die'
  })),
  'a new password of one’s own, with another address': {
    do: ({ own, path }) => own.put(path, { ...passwords(NEW), email: fresh() }),
    own: 'lives',
    other: 'ends',
    links: 'die'
  },
  'a new password of an Admin’s own, with the role': {
    do: ({ own, path }) => own.put(path, { ...passwords(NEW), role: 'Admin' }),
    role: 'Admin',
    own: 'lives',
    other: 'ends',
    links: 'die'
  },
  ...forEach('a password set by an Admin', besides => ({
    do: ({ path }) => boss.put(path, { ...passwords(NEW), ...besides() }),
    own: 'ends',
    other: 'ends',
    links: 'die'
  })),
  'a password, an address and a role set by an Admin': {
    do: ({ path }) => boss.put(path, { ...passwords(NEW), email: fresh(), role: 'Admin' }),
    own: 'ends',
    other: 'ends',
    links: 'die'
  },
  'a password reset': {
    do: async ({ email }) => {
      const token = await resetLink(email)
      return await createClient(app.server).post('/reset-password', { token, ...passwords(NEW) })
    },
    own: 'ends',
    other: 'ends',
    links: 'die'
  },
  'a password reset by somebody who is signed in': {
    do: async ({ email, own }) => own.post('/reset-password', { token: await resetLink(email), ...passwords(NEW) }),
    own: 'ends',
    other: 'ends',
    links: 'die'
  },
  'another address, confirmed by whoever opens the link': {
    do: async ({ own, path }) => {
      const token = await changeLink(own, path)
      return await createClient(app.server).post('/verify-email', { token })
    },
    own: 'lives',
    other: 'ends',
    links: 'die'
  },
  'another address, confirmed by another session than asked': {
    do: async ({ own, other, path }) => {
      const token = await changeLink(own, path)
      return await createClient(app.server).post('/verify-email', { token }, { headers: bearer(other) })
    },
    own: 'lives',
    other: 'ends',
    links: 'die'
  },
  ...forEach('an address set by an Admin', besides => ({
    do: ({ path }) => boss.put(path, { email: fresh(), ...besides() }),
    own: 'ends',
    other: 'ends',
    links: 'die'
  })),
  suspension: {
    do: async ({ email }) => {
      await setAccount(app, email, { suspended_at: app.now() })
      return { status: 200 }
    },
    own: 'ends',
    other: 'ends'
  },
  ...forEach('demotion by another Admin', besides => ({
    do: ({ path }) => boss.put(path, { role: 'User', ...besides() }),
    role: 'Admin',
    own: 'ends',
    other: 'ends',
    links: 'live'
  })),
  'demotion by oneself': {
    do: ({ own, path }) => own.put(path, { role: 'User' }),
    role: 'Admin',
    own: 'lives',
    other: 'ends',
    links: 'live'
  },
  'a role that was the same before': {
    do: ({ path }) => boss.put(path, { role: 'User', title: 'Dr' }),
    own: 'lives',
    other: 'lives',
    links: 'live'
  },
  ...forEach('promotion', besides => ({
    do: ({ path }) => boss.put(path, { role: 'Admin', ...besides() }),
    own: 'lives',
    other: 'lives',
    links: 'live'
  })),
  'deletion by oneself': { do: ({ own, path }) => own.delete(path), own: 'ends', other: 'ends', links: 'die' },
  'deletion by an Admin': { do: ({ path }) => boss.delete(path), own: 'ends', other: 'ends', links: 'die' },
  'logout by the cookie alone': {
    do: ({ own }) => createClient(app.server).post('/revoke-token', {}, { headers: cookie(own.device) }),
    own: 'ends',
    other: 'lives',
    links: 'live'
  },
  'logout of the other device by the token in its body alone': {
    do: ({ other }) => createClient(app.server).post('/revoke-token', { refreshToken: other.refreshToken }),
    own: 'lives',
    other: 'ends',
    links: 'live'
  },
  'logout by bearer and cookie': {
    do: ({ own }) => own.post('/revoke-token', {}, { headers: cookie(own.device) }),
    own: 'ends',
    other: 'lives',
    links: 'live'
  },
  'revoking the token of the other device': {
    do: ({ own, other }) => own.post('/revoke-token', { token: other.refreshToken }),
    own: 'lives',
    other: 'ends',
    links: 'live'
  },
  'the end of one session': {
    do: ({ own, other, path }) => own.delete(`${path}/sessions/${idToText(other.sessionId)}`),
    own: 'lives',
    other: 'ends',
    links: 'live'
  },
  'the end of all other sessions': {
    do: ({ own, path }) => own.delete(`${path}/sessions?except=current`),
    own: 'lives',
    other: 'ends',
    links: 'live'
  },
  'the end of all sessions': { do: ({ own, path }) => own.delete(`${path}/sessions`), own: 'ends', other: 'ends' },
  'the end of all sessions by an Admin': {
    do: ({ path }) => boss.delete(`${path}/sessions?except=current`),
    own: 'ends',
    other: 'ends' // devices.test.ts says which links go with them
  }
}

// ASVS V7.4.1, V7.4.2, V7.4.3
for (const [name, act] of Object.entries(acts)) {
  test(`${name}: the session that acts ${act.own}, the other one ${act.other}`, async () => {
    const { links, ...member } = await begin(act)
    const answer = await act.do(member)
    assert.equal(Reflect.get(Object(answer), 'status'), 200, JSON.stringify(Reflect.get(Object(answer), 'body')))
    await assertFate(member.own.device, act.own, name)
    await assertFate(member.other, act.other, name)
    if (act.links) assert.deepEqual(await links(), act.links === 'die' ? [401, 401] : [200, 200], 'links')
  })
}

/** A member with two devices, and a reset link and another address's under way. */
async function begin({ role = 'User' }: Act): Promise<Case & { links: () => Promise<number[]> }> {
  const email = fresh()
  await createMember(app, { email, role, login: false })
  const device = await signIn(app, email)
  const other = await signIn(app, email, 'body')
  const own = Object.assign(createClient(app.server), { token: device.jwt, email, device })
  const path = `/${device.accountId}`
  const reset = await resetLink(email)
  const change = await changeLink(own, path)
  const anyone = createClient(app.server)
  const links = async () => [
    (await anyone.post('/validate-reset-token', { token: reset })).status,
    (await anyone.post('/verify-email', { token: change })).status
  ]
  return { email, own, other, path, links }
}

async function resetLink(email: string): Promise<string> {
  await createClient(app.server).post('/forgot-password', { email })
  return await app.mail.secret(email, /Reset/)
}

async function changeLink(own: Client, path: string): Promise<string> {
  const email = fresh()
  assert.equal((await own.put(path, { email })).status, 200)
  return await app.mail.secret(email, /Confirm your new/)
}

/** At once: the access token at its next request, and the refresh token. */
async function assertFate(device: Device, fate: 'lives' | 'ends', act: string): Promise<void> {
  const access = await useAccess(app, device.jwt)
  const refreshed = await present(app, device.refreshToken, device.transport)
  // Of what is deleted, there is nothing left to say that it ended.
  const code = act.startsWith('deletion') ? 'token_invalid' : 'session_revoked'
  const expected = fate === 'lives' ? [200, undefined, 200, undefined] : [401, 'session_revoked', 401, code]
  assert.deepEqual([access.status, access.body.code, refreshed.status, refreshed.body.code], expected)
}

/** The same act with each of what may come along. */
function forEach(name: string, act: (besides: () => Record<string, string>) => Act): Record<string, Act> {
  return Object.fromEntries(Object.entries(BESIDES).map(([with_, besides]) => [`${name}, ${with_}`, act(besides)]))
}

function bearer({ jwt }: Device) {
  return { authorization: `Bearer ${jwt}` }
}

function cookie({ refreshToken }: Device) {
  return { cookie: `__Host-refresh=${refreshToken}` }
}
