import assert from 'node:assert/strict'
import { client } from './client/client.gen.js'
import {
  authenticate,
  getAccount,
  listAccountEvents,
  listAccounts,
  listSessions,
  type Problem,
  refreshToken,
  register,
  revokeToken,
  type SignedIn,
  updateAccount,
  verifyEmail
} from './client/index.js'

// What an app does, through a client that a generator made of the document: a mistake in the document is a type error
// here, or an answer that is not what its type says.

export interface Doors {
  url: string
  /** The code in the newest mail to an address. */
  code: (email: string) => Promise<string>
  appoint: (email: string) => Promise<void>
}

const PERSON = { title: 'Ms', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' }
const PASSWORD = 'correct horse battery'

let session: SignedIn | undefined

export async function live({ url, code, appoint }: Doors): Promise<void> {
  // A generated client asks for every scheme of an operation; an app has no cookie.
  client.setConfig({ baseUrl: url, auth: ({ scheme }) => (scheme === 'bearer' ? session?.jwtToken : undefined) })
  await signUp(code)
  await readAndUpdate()
  await lookAtDevices()
  await appoint(PERSON.email)
  await listByPages()
  await signOut()
}

async function signUp(code: Doors['code']): Promise<void> {
  const body = { ...PERSON, password: PASSWORD, confirmPassword: PASSWORD, acceptTerms: true } as const
  assert.equal((await register({ body })).response?.status, 200)
  const early = await authenticate({ body: { email: PERSON.email, password: PASSWORD } })
  assert.equal(problemOf(early.error).code, 'email_not_verified')

  const { data } = await verifyEmail({ body: { email: PERSON.email, code: await code(PERSON.email) } })
  assert(data?.message)
  const login = await authenticate({
    body: { email: PERSON.email, password: PASSWORD, refreshTokenDelivery: 'body' }
  })
  session = login.data ?? assert.fail(login.error.detail)
  const before: string = session.refreshToken ?? assert.fail('no refresh token')
  const refreshed = await refreshToken({ body: { refreshToken: before } })
  session = refreshed.data ?? assert.fail(refreshed.error.detail)
  assert(session.refreshToken)
}

async function readAndUpdate(): Promise<void> {
  const path = { id: session?.id ?? '' }
  const { data, response } = await getAccount({ path })
  assert.deepEqual([data?.email, data?.role, data?.updated], [PERSON.email, 'User', null])
  const version = response?.headers.get('etag') ?? assert.fail('no version')

  const change = { path, headers: { 'if-match': version }, body: { lastName: 'King' } }
  const changed = await updateAccount(change)
  assert.equal(changed.data?.lastName, 'King')
  const late = await updateAccount({ ...change, body: { lastName: 'Byron' } })
  assert.deepEqual([problemOf(late.error).code, problemOf(late.error).status], ['precondition_failed', 412])
  const faulty = await updateAccount({ path, body: { title: ' ', lastName: '\u0000' } })
  assert.deepEqual(
    problemOf(faulty.error).errors?.map(({ path }) => path),
    ['/title', '/lastName']
  )
}

async function lookAtDevices(): Promise<void> {
  const path = { id: session?.id ?? '' }
  const sessions = (await listSessions({ path })).data ?? []
  assert.deepEqual(
    sessions.map(({ current }) => current),
    [true]
  )
  const events = (await listAccountEvents({ path, query: { limit: 2 } })).data ?? []
  assert.equal(events.length, 2)
  assert.equal(events[0]?.event, 'account_updated')
  assert.equal(events[0]?.actorId, path.id)
}

async function listByPages(): Promise<void> {
  const ids: string[] = []
  let next: string | undefined
  do {
    const { data = [], response } = await listAccounts({ query: { limit: 1, ...(next ? { cursor: next } : {}) } })
    ids.push(...data.map(({ id }) => id))
    const link = /<\?([^>]*)>; rel="next"/.exec(response?.headers.get('link') ?? '')?.[1]
    next = new URLSearchParams(link).get('cursor') ?? undefined
  } while (next)
  assert.equal(ids.length, 2)
  assert.equal(new Set(ids).size, 2)
}

async function signOut(): Promise<void> {
  const { data } = await revokeToken({ body: { refreshToken: session?.refreshToken ?? '' } })
  assert(data?.message)
  const { error } = await getAccount({ path: { id: session?.id ?? '' } })
  assert.equal(problemOf(error).code, 'session_revoked')
}

function problemOf(error: Problem | undefined): Problem {
  return error ?? assert.fail('no error')
}
