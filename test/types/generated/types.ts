import type { Account, ErrorCode, operations, paths, SignedIn } from './schema.js'

// Compiled only: what a client may say and must expect, by the types of openapi-typescript.

type Answer<Id extends keyof operations> =
  operations[Id]['responses'] extends Record<200, { content: infer Content }> ? Content : never

export const code: ErrorCode = 'session_revoked'
// @ts-expect-error: not a code
export const noCode: ErrorCode = 'session_ended'

export const nameOf = (signedIn: SignedIn): Account['lastName'] => signedIn.lastName
export const refreshTokenOf = ({ refreshToken }: SignedIn): string | undefined => refreshToken
// @ts-expect-error: null until changed
export const updatedOf = ({ updated }: Account): string => updated

export const page: paths['/accounts']['get']['parameters']['query'] = { limit: 10, q: 'ada' }
export const accounts = (answer: Answer<'listAccounts'>): Account[] => answer['application/json']

type Body<Id extends 'authenticate' | 'refreshToken'> = NonNullable<
  operations[Id]['requestBody']
>['content']['application/json']

export const credentials: Body<'authenticate'> = { email: 'ada@example.com', password: 'x' }
// @ts-expect-error: the transport is one of two
export const elsewhere: Body<'authenticate'> = { ...credentials, refreshTokenDelivery: 'header' }
export const byCookie: operations['refreshToken']['requestBody'] = undefined
