import { type Static, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Context } from '../context.ts'
import { cutPage, DEFAULT_LIMIT, type ListName, type Page, readCursor } from '../paging.ts'
import { canonicalPrefix } from './address.ts'
import * as queries from './queries.ts'
import type { ListQuery } from './schemas.ts'
import type { Account } from './table.ts'

/** Where a page ended: the key of its last row, in the order that it was read in. */
const Position = Type.Union([
  Type.Object({ by: Type.Literal('id'), id: Type.String() }),
  Type.Object({ by: Type.Literal('email'), email: Type.String() }),
  Type.Object({ by: Type.Literal('name'), lastName: Type.String(), id: Type.String() })
])
type Position = Static<typeof Position>
const positions = TypeCompiler.Compile(Position)

/**
 * A page of accounts. With `q` first those whose address begins with it, then those whose last name does.
 *
 * @throws Problem validation_failed (400) for a cursor that is not ours
 */
export async function list(ctx: Context, request: ListQuery): Promise<Page<Account>> {
  const name = nameOf(request)
  const position = request.cursor === undefined ? undefined : readCursor(ctx, name, positions, request.cursor)
  const { limit = DEFAULT_LIMIT } = request
  const accounts = await read(ctx, { ...request, limit: limit + 1 }, position)
  return cutPage(ctx, name, accounts, limit, last => positionOf(last, request.q))
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

function nameOf({ q, role }: ListQuery): ListName {
  return ['accounts', q ?? null, role ?? null]
}
