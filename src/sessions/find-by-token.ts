import type { Context } from '../context.ts'
import { isTokenOf, readRefreshToken } from '../tokens/refresh-token.ts'
import * as queries from './queries.ts'
import type { Session, Transport } from './table.ts'

/** The live session that made a token of any age; undefined when it is not a token of one. */
export async function findByToken(ctx: Context, text: string, transport?: Transport): Promise<Session | undefined> {
  const token = readRefreshToken(ctx.keys, text)
  if (!token) return undefined
  const live = await queries.findFresh(ctx.db, token.sessionId) // what was just begun elsewhere must end, too
  if (!live?.session.secret || (transport && live.session.transport !== transport)) return undefined
  return isTokenOf(token, live.session.secret) ? live.session : undefined
}
