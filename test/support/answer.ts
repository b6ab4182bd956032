import assert from 'node:assert/strict'
import { type Static, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { LightMyRequestResponse } from 'fastify'

const Account = Type.Object({
  id: Type.String(),
  title: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  role: Type.Union([Type.Literal('User'), Type.Literal('Admin')]),
  created: Type.String(),
  updated: Type.Union([Type.String(), Type.Null()]),
  isVerified: Type.Boolean()
})

const Session = Type.Object(
  {
    id: Type.String(),
    created: Type.String(),
    lastUsed: Type.String(),
    expires: Type.String(),
    ip: Type.String(),
    userAgent: Type.String(),
    current: Type.Boolean()
  },
  { additionalProperties: false }
)

const TextOrNull = Type.Union([Type.String(), Type.Null()])
const Event = Type.Object(
  {
    id: Type.String(),
    at: Type.String(),
    event: Type.String(),
    actorId: TextOrNull,
    subjectId: TextOrNull,
    sessionId: TextOrNull,
    ip: TextOrNull,
    userAgent: TextOrNull,
    requestId: TextOrNull,
    detail: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])
  },
  { additionalProperties: false }
)

const UndeliveredMail = Type.Object(
  {
    id: Type.String(),
    to: Type.String(),
    template: Type.String(),
    locale: Type.String(),
    state: Type.Union([Type.Literal('waiting'), Type.Literal('parked')]),
    attempts: Type.Integer(),
    created: Type.String(),
    nextTry: TextOrNull,
    parked: TextOrNull,
    lastError: TextOrNull
  },
  { additionalProperties: false }
)

const Login = Type.Object({ jwtToken: Type.String(), refreshToken: Type.String() })

const Suspension = Type.Object({
  since: Type.String(),
  until: Type.Union([Type.String(), Type.Null()]),
  reason: Type.String()
})

const Fault = Type.Object({ path: Type.String(), message: Type.String() })

const Problem = Type.Object({
  type: Type.String(),
  detail: Type.String(),
  instance: Type.String(),
  code: Type.String(),
  message: Type.String(),
  requestId: Type.String(),
  errors: Type.Array(Fault)
})

// What existing clients read: written here once more, so that a change of the API's own schemas is seen.
const Body = Type.Partial(Type.Composite([Account, Login, Suspension, Problem]))
const isBody = TypeCompiler.Compile(Body)
const isList = TypeCompiler.Compile(Type.Array(Account))
const isSessions = TypeCompiler.Compile(Type.Array(Session))
const isEvents = TypeCompiler.Compile(Type.Array(Event))
const isMails = TypeCompiler.Compile(Type.Array(UndeliveredMail))

/** What is there is of its type; what is there, tests say. */
export type Body = Static<typeof Body>
export type Account = Static<typeof Account>
export type Session = Static<typeof Session>
export type Event = Static<typeof Event>
export type UndeliveredMail = Static<typeof UndeliveredMail>
export type Fault = Static<typeof Fault>

/** What a server answered: by `inject`, or over a connection. */
export type Response = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body'>

export interface Answer {
  status: number
  body: Body
  headers: LightMyRequestResponse['headers']
  /** The refresh cookie that was set: its value, '' when it was cleared, undefined when untouched. */
  cookie: string | undefined
  /** The accounts of an answer that is a list. */
  accounts(): Account[]
  /** The sessions, the events and the mails of one that is a list of those. */
  sessions(): Session[]
  events(): Event[]
  mails(): UndeliveredMail[]
  /** What was wrong with the fields of a request that must have been refused for them. */
  faults(): Fault[]
}

/** An answer as a client of the API understands it. */
export function readAnswer(response: Response): Answer {
  const isJson = /json/.test(String(response.headers['content-type']))
  const content: unknown = isJson ? JSON.parse(response.body) : undefined
  const body = Array.isArray(content) ? {} : (content ?? {})
  assert(isBody.Check(body), `an answer with other types: ${response.body}`)
  return {
    status: response.statusCode,
    body,
    headers: response.headers,
    cookie: /^__Host-refresh=([^;]*)/m.exec([response.headers['set-cookie']].flat().join('\n'))?.[1],
    accounts() {
      assert(isList.Check(content), `no list of accounts: ${response.body}`)
      return content
    },
    sessions() {
      assert(isSessions.Check(content), `no list of sessions: ${response.body}`)
      return content
    },
    events() {
      assert(isEvents.Check(content), `no list of events: ${response.body}`)
      return content
    },
    mails() {
      assert(isMails.Check(content), `no list of mails: ${response.body}`)
      return content
    },
    faults() {
      assert.deepEqual([response.statusCode, body.code], [400, 'validation_failed'], response.body)
      return body.errors ?? assert.fail('no fault is named')
    }
  }
}
