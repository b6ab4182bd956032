import assert from 'node:assert/strict'
import { type Static, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { type Id, idFromText } from '../../src/ids.ts'
import type { Session, Transport } from '../../src/sessions/table.ts'
import { type Answer, readAnswer } from './answer.ts'
import type { TestApp } from './app.ts'
import { createClient, type Door, PASSWORD } from './client.ts'

// What services that verify tokens offline may read, and nothing else.
const Claims = Type.Object(
  {
    iss: Type.String(),
    aud: Type.String(),
    client_id: Type.String(),
    sub: Type.String(),
    sid: Type.String(),
    gen: Type.Integer(),
    role: Type.String(),
    auth_time: Type.Integer(),
    iat: Type.Integer(),
    exp: Type.Integer(),
    jti: Type.String()
  },
  { additionalProperties: false }
)
const isClaims = TypeCompiler.Compile(Claims)

/** One session as a device holds it, without a cookie jar: tests say which token is presented. */
export interface Device {
  accountId: string
  sessionId: Id
  transport: Transport
  jwt: string
  refreshToken: string
}

/** A login of a verified member, as a device of its own. */
export async function signIn(app: { server: Door }, email: string, transport: Transport = 'cookie'): Promise<Device> {
  const delivery = transport === 'body' ? { refreshTokenDelivery: 'body' } : {}
  const answer = await createClient(app.server).post('/authenticate', { email, password: PASSWORD, ...delivery })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { id, jwtToken: jwt } = answer.body
  assert(id && jwt)
  const sessionId = idFromText(claimsOf(jwt).sid)
  assert(sessionId)
  return { accountId: id, sessionId, transport, jwt, refreshToken: tokenIn(answer) ?? '' }
}

/** Presents a refresh token the way its transport demands. */
export async function present(app: { server: Door }, token: string, transport: Transport = 'cookie'): Promise<Answer> {
  return readAnswer(await app.server.inject(refreshRequest(token, transport)))
}

/** The request of a refresh, as existing clients send it. */
export function refreshRequest(token: string, transport: Transport) {
  const isCookie = transport === 'cookie'
  return {
    method: 'POST' as const,
    url: '/accounts/refresh-token',
    payload: JSON.stringify(isCookie ? {} : { refreshToken: token }),
    headers: { 'content-type': 'application/json', ...(isCookie ? { cookie: `__Host-refresh=${token}` } : {}) }
  }
}

/** The refresh token that an answer brought, if it brought one. */
export function tokenIn(answer: Answer): string | undefined {
  return answer.cookie ?? answer.body.refreshToken
}

/** The refresh token of an answer that must have brought one. */
export function newToken(answer: Answer): string {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return tokenIn(answer) ?? assert.fail('the answer brought no refresh token')
}

/** Uses an access token: its own account is read. */
export async function useAccess(app: { server: Door }, jwt: string | undefined): Promise<Answer> {
  const headers = { authorization: `Bearer ${jwt}` }
  return await createClient(app.server).get(`/${claimsOf(jwt).sub}`, { headers })
}

export type Claims = Static<typeof Claims>

/** The payload of a token that must be there, read as the existing client reads it. */
export function claimsOf(jwt: string | undefined): Claims {
  const claims: unknown = JSON.parse(atob(jwt?.split('.')[1] ?? assert.fail('there is no token')))
  assert(isClaims.Check(claims), JSON.stringify(claims))
  return claims
}

export async function sessionRow(app: Pick<TestApp, 'db'>, { sessionId }: Pick<Device, 'sessionId'>): Promise<Session> {
  return await app.db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow()
}

/** The recorded events of a session but its login, in order. */
export async function eventsOf(app: Pick<TestApp, 'db'>, { sessionId }: Pick<Device, 'sessionId'>): Promise<string[]> {
  const rows = await app.db
    .selectFrom('audit_events')
    .select('event')
    .where('session_id', '=', sessionId)
    .where('event', '!=', 'login_succeeded')
    .orderBy('at')
    .execute()
  return rows.map(row => row.event)
}
