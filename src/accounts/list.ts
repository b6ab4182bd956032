import { type Static, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { canonicalPrefix } from './address.ts'
import * as queries from './queries.ts'
import { DEFAULT_LIMIT, type ListQuery } from './schemas.ts'
import type { Account } from './table.ts'

export interface Page {
  accounts: Account[]
  /** Leads to the next page; undefined on the last one. */
  next: string | undefined
}

/** Where a page ended: the key of its last row, in the order that it was read in. */
const Position = Type.Union([
  Type.Object({ by: Type.Literal('id'), id: Type.String() }),
  Type.Object({ by: Type.Literal('email'), email: Type.String() }),
  Type.Object({ by: Type.Literal('name'), lastName: Type.String(), id: Type.String() })
])
type Position = Static<typeof Position>
const positions = TypeCompiler.Compile(Position) // a cursor may be of an older version of ours

/**
 * A page of accounts by keyset, so that page 1,000 costs what page 1 costs. With `q` first those
 * whose address begins with it, then those whose last name does.
 *
 * @throws Problem validation_failed (400) for a cursor that is not ours
 */
export async function list(ctx: Context, request: ListQuery): Promise<Page> {
  const position = request.cursor === undefined ? undefined : readCursor(ctx, request, request.cursor)
  const { limit = DEFAULT_LIMIT } = request
  const accounts = await read(ctx, { ...request, limit: limit + 1 }, position)
  const more = accounts.length > limit
  const page = accounts.slice(0, limit)
  const last = page.at(-1)
  return { accounts: page, next: more && last ? makeCursor(ctx, request, positionOf(last, request.q)) : undefined }
}

async function read(
  ctx: Context,
  { q, ...options }: ListQuery & { limit: number },
  position: Position | undefined
): Promise<Account[]> {
  const found = { limit: options.limit, role: options.role }
  if (q === undefined)
    return await queries.list(ctx.db, found, position?.by === 'id' ? Buffer.from(position.id, 'hex') : undefined)
  const prefix = canonicalPrefix(q)
  const byEmail =
    prefix && position?.by !== 'name'
      ? await queries.listByEmail(
          ctx.db,
          found,
          prefix,
          position?.by === 'email' ? Buffer.from(position.email) : undefined
        )
      : []
  if (byEmail.length === options.limit) return byEmail
  const after =
    position?.by === 'name' ? { lastName: position.lastName, id: Buffer.from(position.id, 'hex') } : undefined
  const rest = { ...found, limit: options.limit - byEmail.length }
  return [...byEmail, ...(await queries.listByLastName(ctx.db, rest, q, prefix, after))]
}

function positionOf(account: Account, q: string | undefined): Position {
  const id = account.id.toString('hex')
  if (q === undefined) return { by: 'id', id }
  const prefix = canonicalPrefix(q)
  if (prefix && account.email_canonical.subarray(0, prefix.length).equals(prefix))
    return { by: 'email', email: account.email_canonical.toString() }
  return { by: 'name', lastName: account.last_name, id }
}

/** Sealed, because a position holds a member's address or name and travels in a URL. */
function makeCursor(ctx: Context, request: ListQuery, position: Position): string {
  return seal(ctx.keys, 'cursor', JSON.stringify(position), boundTo(request)).toString('base64url')
}

function readCursor(ctx: Context, request: ListQuery, cursor: string): Position {
  const position = unsealPosition(ctx, request, cursor)
  if (!positions.Check(position)) throw invalid({ path: '/cursor', message: 'is not a cursor of this list' })
  return position
}

function unsealPosition(ctx: Context, request: ListQuery, cursor: string): unknown {
  try {
    return JSON.parse(unseal(ctx.keys, 'cursor', Buffer.from(cursor, 'base64url'), boundTo(request)))
  } catch {
    return undefined
  }
}

/** A cursor leads on in the list that it came from: with another filter it would skip or repeat members. */
function boundTo({ q, role }: ListQuery): Buffer {
  return Buffer.from(JSON.stringify(['accounts', q ?? null, role ?? null]))
}
