import { PASSWORD, registration } from './client.ts'

// Who may do what: every route and the status that each kind of caller gets. test/authorization.test.ts tries every
// cell; docs/authorization.md is this table in words (npm run check -- --write). A new route is one line here.

/**
 * Who asks, and on whose object: what a path names, or what a body names where `other` stands for a route without one.
 */
export const ACTORS = {
  anonymous: 'brings nothing',
  unverified: 'the address is not verified (any more)',
  suspended: 'an Admin has suspended the account',
  ended: 'the session was signed out',
  expired: 'the access token has expired; the session lives',
  'User, own': 'a User, on what is theirs',
  'User, other': 'a User, on what is somebody else’s',
  'Admin, own': 'an Admin, on what is theirs',
  'Admin, other': 'an Admin, on what is somebody else’s',
  'Admin, missing': 'an Admin, on what does not exist'
} as const
export type Actor = keyof typeof ACTORS

/** Statuses by actor; one that is left out makes no difference on this route. */
type Statuses = Partial<Record<Actor, number>>

export interface Person {
  id: string
  email: string
  /** The refresh token of the session. */
  cookie: string
}

export interface Row {
  who: Statuses
  body?: (me: Person, owner: Person) => object
  /** It ends the session or account it is called on: whoever is let in gets a fresh one. */
  ends?: true
  /** Why it is open, or what else is asked: a note of the document. */
  note?: string
}

const all = (status: number, members = status): Statuses => ({
  anonymous: status,
  unverified: status,
  suspended: status,
  ended: status,
  expired: status,
  'User, own': members,
  'Admin, own': members
})
const ANYONE = all(200)
const NEEDS_SECRET = all(401) // the table brings none; the tests of the room do
const MEMBER = all(401, 200)
const OWN_OR_ADMIN: Statuses = { ...MEMBER, 'User, other': 403, 'Admin, other': 200, 'Admin, missing': 404 }
const ADMIN: Statuses = { ...MEMBER, 'User, own': 403 }
const ADMIN_OF: Statuses = { ...OWN_OR_ADMIN, 'User, own': 403 }

const secret = () => ({ token: 'x' })
const passwords = { password: PASSWORD, confirmPassword: PASSWORD }
let made = 0
const newPerson = () => registration(`matrix${++made}@example.com`)
const newAccount = () => {
  const { acceptTerms: _, ...account } = newPerson()
  return { ...account, role: 'User' }
}

/** Open to anyone (`public: true`), each with what protects it. */
export const PUBLIC_ROUTES: Record<string, Row> = {
  'GET /.well-known/jwks.json': { who: ANYONE, note: 'public keys' },
  'GET /health/live': { who: ANYONE, note: 'says nothing of members' },
  'GET /health/ready': { who: ANYONE, note: 'says nothing of members' },
  'GET /hello': { who: ANYONE, note: 'says nothing of members' },
  'GET /metrics': { who: ANYONE, note: 'says nothing of members; off in production' },
  'GET /openapi.json': { who: ANYONE, note: 'says nothing of members' },
  'POST /accounts/authenticate': {
    who: { ...all(200), anonymous: 401, unverified: 403, suspended: 401 },
    body: ({ email }) => ({ email, password: PASSWORD }),
    note: 'by address and password'
  },
  'POST /accounts/forgot-password': { who: ANYONE, body: ({ email }) => ({ email }), note: 'answers alike for anyone' },
  'POST /accounts/refresh-token': {
    who: { ...all(401, 200), expired: 200 },
    note: 'by refresh token, in the cookie or in the body'
  },
  'POST /accounts/register': { who: ANYONE, body: newPerson, note: 'answers alike for anyone' },
  'POST /accounts/resend-verification': {
    who: ANYONE,
    body: ({ email }) => ({ email }),
    note: 'answers alike for anyone'
  },
  'POST /accounts/reset-password': {
    who: NEEDS_SECRET,
    body: () => ({ ...secret(), ...passwords }),
    note: 'by the secret of a mailed link'
  },
  'POST /accounts/revoke-token': {
    who: { ...all(200), anonymous: 401, 'User, other': 403, 'Admin, other': 200 },
    body: (me, owner) => (me === owner ? {} : { token: owner.cookie }),
    ends: true,
    note: 'by refresh token or bearer; other sessions by their token: one’s own, any as Admin'
  },
  'POST /accounts/undo-email-change': { who: NEEDS_SECRET, body: secret, note: 'by the secret of a mailed link' },
  'POST /accounts/validate-reset-token': { who: NEEDS_SECRET, body: secret, note: 'by the secret of a mailed link' },
  'POST /accounts/verify-email': { who: NEEDS_SECRET, body: secret, note: 'by the secret of a mailed link' }
}

/** For members only: the guard of plugins/auth.ts stands before them. */
export const CLOSED_ROUTES: Record<string, Row> = {
  'DELETE /accounts/:id': { who: OWN_OR_ADMIN, ends: true },
  'GET /accounts': { who: ADMIN },
  'GET /accounts/:id': { who: OWN_OR_ADMIN },
  'DELETE /accounts/:id/sessions': { who: OWN_OR_ADMIN, ends: true },
  'DELETE /accounts/:id/sessions/:sessionId': { who: OWN_OR_ADMIN, ends: true },
  'DELETE /accounts/:id/suspension': { who: ADMIN_OF },
  'GET /accounts/:id/events': { who: OWN_OR_ADMIN, note: 'a User sees nothing of an Admin’s address and device' },
  'GET /accounts/:id/sessions': { who: OWN_OR_ADMIN },
  'GET /accounts/:id/suspension': {
    who: { ...ADMIN_OF, 'Admin, own': 404, 'Admin, other': 404 },
    note: '404 where there is none'
  },
  'DELETE /undelivered-mail/:id/parking': {
    who: { ...ADMIN_OF, 'Admin, own': 404, 'Admin, other': 404 },
    note: '404: the id of an account is none of a mail'
  },
  'GET /events': { who: ADMIN },
  'GET /undelivered-mail': { who: ADMIN },
  'POST /accounts': { who: ADMIN, body: newAccount },
  'PUT /accounts/:id': { who: OWN_OR_ADMIN, body: () => ({ title: 'Dr' }) },
  'PUT /accounts/:id/suspension': { who: ADMIN_OF, body: () => ({ reason: 'Spam' }), ends: true }
}

interface Field {
  /** Whether answers show it to whom they show the account. */
  shown: boolean
  /** What a member gets who writes it in the own account, and an Admin who writes it in anybody's. */
  user: number
  admin: number
  /** A body that writes it. */
  body: object
}

const writable = (body: object): Field => ({ shown: true, user: 200, admin: 200, body })
const readOnly = (body: object): Field => ({ shown: true, user: 400, admin: 400, body })

/** The fields of an account, and of the body that changes one. */
export const FIELDS: Record<string, Field> = {
  id: readOnly({ id: '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47' }),
  title: writable({ title: 'Prof' }),
  firstName: writable({ firstName: 'Augusta' }),
  lastName: writable({ lastName: 'King' }),
  email: writable({ email: 'field@example.com' }),
  role: { shown: true, user: 403, admin: 200, body: { role: 'User' } },
  created: readOnly({ created: '2025-11-23T08:08:00.000Z' }),
  updated: readOnly({ updated: null }),
  isVerified: readOnly({ isVerified: true }),
  currentPassword: { shown: false, user: 200, admin: 200, body: { currentPassword: PASSWORD } },
  password: { shown: false, user: 200, admin: 200, body: passwords },
  confirmPassword: { shown: false, user: 200, admin: 200, body: passwords }
}

/** The tables above as docs/authorization.md. */
export function renderAuthorization(): string {
  const actors = Object.keys(ACTORS).filter(isActor)
  const routes = (rows: Record<string, Row>) => [
    line(['route', ...actors, 'note']),
    line([...actors, 0, 0].map(() => '---')),
    ...Object.entries(rows)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { who, note = '' }]) => line([`\`${name}\``, ...actors.map(actor => who[actor] ?? ''), note]))
  ]
  const fields = Object.entries(FIELDS).map(([name, { shown, user, admin }]) =>
    line([name, shown ? 'shown' : 'never', user, admin])
  )
  return [
    '# Who may do what',
    '',
    'Generated from `test/support/authorization.ts` (`npm run check -- --write`); `test/authorization.test.ts` tries every',
    'cell, and a route without a line fails. Role, suspension and session are read from the database at each request.',
    '',
    ...Object.entries(ACTORS).map(([name, words]) => `- **${name}**: ${words}`),
    '',
    'An empty cell makes no difference on that route. To a User what is missing looks like what is somebody else’s.',
    '',
    '## Open to anyone',
    '',
    ...routes(PUBLIC_ROUTES),
    '',
    '## For members',
    '',
    ...routes(CLOSED_ROUTES),
    '',
    '## Fields of an account',
    '',
    'Who may read an account reads all that is shown. Written by `PUT /accounts/:id`: 400 is “not a recognised field”.',
    '',
    line(['field', 'in answers', 'User writes own', 'Admin writes any']),
    line(['---', '---', '---', '---']),
    ...fields,
    ''
  ].join('\n')
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}

export function isActor(name: string): name is Actor {
  return name in ACTORS
}
