import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import type { Context } from './context.ts'
import { invalid } from './errors.ts'
import { seal, unseal } from './tokens/sealed.ts'

// Lists come by the page, by keyset: page 1,000 costs what page 1 costs, and nothing is skipped or repeated when rows
// come and go meanwhile.

export const DEFAULT_LIMIT = 100 // rows per page

/** What the query of every list has beside its filters. */
export const pageQuery = (what: string) => ({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 500, default: DEFAULT_LIMIT, description: `${what} per page.` })
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1000, description: 'From the Link header of the page before.' })
  )
})

export const LINK_HEADER = {
  Link: Type.String({
    description: '`<…>; rel="next"` (RFC 8288), relative; absent on the last page.',
    examples: ['<?limit=100&cursor=…>; rel="next"']
  })
}

export interface Page<Row> {
  rows: Row[]
  /** Leads to the next page; undefined on the last one. */
  next: string | undefined
}

/**
 * A list and what narrows it: a cursor leads on in the list that it came from. With another filter it would skip or
 * repeat rows.
 */
export type ListName = readonly (string | null)[]

/**
 * The first `limit` of `rows`, which were asked for with one more: it tells whether there is another page.
 *
 * @param positionOf where a page that ends with this row ended
 */
export function cutPage<Row>(
  ctx: Context,
  list: ListName,
  rows: readonly Row[],
  limit: number,
  positionOf: (last: Row) => unknown
): Page<Row> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? makeCursor(ctx, list, positionOf(last)) : undefined }
}

/** Sealed, because a position may hold a member's address or name, and travels in a URL. */
function makeCursor(ctx: Context, list: ListName, position: unknown): string {
  return seal(ctx.keys, 'cursor', JSON.stringify(position), contextOf(list)).toString('base64url')
}

/**
 * Where the page before ended.
 *
 * @param positions what a position of this list looks like: a cursor may be of an older version of ours
 * @throws Problem validation_failed (400) for what is not a cursor of this list
 */
export function readCursor<T extends TSchema>(
  ctx: Context,
  list: ListName,
  positions: TypeCheck<T>,
  cursor: string
): Static<T> {
  const position = unsealPosition(ctx, list, cursor)
  if (!positions.Check(position)) throw invalid({ path: '/cursor', message: 'is not a cursor of this list' })
  return position
}

function unsealPosition(ctx: Context, list: ListName, cursor: string): unknown {
  try {
    return JSON.parse(unseal(ctx.keys, 'cursor', Buffer.from(cursor, 'base64url'), contextOf(list)))
  } catch {
    return undefined
  }
}

function contextOf(list: ListName): Buffer {
  return Buffer.from(JSON.stringify(list))
}

/**
 * The Link header (RFC 8288) to the next page. Relative to the request (RFC 3986 §5): right behind any proxy and prefix.
 *
 * @param query of this page
 */
export function linkTo(query: object, next: string): string {
  const text = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return `<?${new URLSearchParams({ ...text, cursor: next })}>; rel="next"`
}
