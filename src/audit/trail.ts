import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { findById } from '../accounts/queries.ts'
import type { Context } from '../context.ts'
import { invalid, Problem } from '../errors.ts'
import { firstIdAt, type Id, idFromText, idToText } from '../ids.ts'
import { cutPage, DEFAULT_LIMIT, type ListName, type Page, readCursor } from '../paging.ts'
import { isSelf, type Scope } from '../scope.ts'
import * as queries from './queries.ts'
import type { AccountEventsQuery, EventsQuery } from './schemas.ts'
import type { Event } from './table.ts'

/** Where a page ended: the id of its last event. */
const positions = TypeCompiler.Compile(Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) }))

type Paging = Pick<EventsQuery, 'limit' | 'cursor'>

/**
 * What happened to an account, newest first.
 *
 * @throws Problem account_not_found (404): the trail of a deleted account is in the whole one;
 *   validation_failed (400) for a cursor that is not ours
 */
export async function listOfAccount(
  ctx: Context,
  scope: Scope,
  id: Id,
  query: AccountEventsQuery
): Promise<Page<Event>> {
  if (!isSelf(scope, id) && !(await findById(ctx.db, id))) throw new Problem('account_not_found')
  return await read(ctx, ['account-events', idToText(id)], { subjectId: id }, query)
}

/**
 * The whole trail, newest first.
 *
 * @throws Problem validation_failed (400) for an id or a time that is none, and for a cursor that is not ours
 */
export async function list(ctx: Context, query: EventsQuery): Promise<Page<Event>> {
  const { event, actor, subject, from, to } = query
  const filter = {
    event,
    actorId: readId('actor', actor),
    subjectId: readId('subject', subject),
    from: readTime('from', from),
    before: readTime('to', to)
  }
  const name = ['events', ...[event, actor, subject, from, to].map(value => value ?? null)]
  return await read(ctx, name, filter, query)
}

async function read(
  ctx: Context,
  name: ListName,
  filter: Omit<queries.EventFilter, 'limit'>,
  { limit = DEFAULT_LIMIT, cursor }: Paging
): Promise<Page<Event>> {
  const position = cursor === undefined ? undefined : readCursor(ctx, name, positions, cursor)
  const before = position ? Buffer.from(position.id, 'hex') : filter.before
  const events = await queries.list(ctx.db, { ...filter, before, limit: limit + 1 })
  return cutPage(ctx, name, events, limit, ({ id }) => ({ id: id.toString('hex') }))
}

/** The schema's format knows more spellings than we have ids. */
function readId(name: string, text: string | undefined): Id | undefined {
  const id = text === undefined ? undefined : idFromText(text)
  if (text !== undefined && !id) throw invalid({ path: `/${name}`, message: 'must be a UUID' })
  return id
}

/** The schema's format knows leap seconds, which the clock does not. */
function readTime(name: string, text: string | undefined): Id | undefined {
  if (text === undefined) return undefined
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw invalid({ path: `/${name}`, message: 'must be a date and time' })
  return firstIdAt(time)
}
