import type { Transaction } from 'kysely'
import * as accounts from '../accounts/queries.ts'
import type { Account } from '../accounts/table.ts'
import * as audit from '../audit/audit.ts'
import { after, HOUR, isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { invalid, Problem } from '../errors.ts'
import type { Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import type { Proof } from '../schemas.ts'
import type { Scope } from '../scope.ts'
import { isCode, standInId } from '../tokens/one-time-code.ts'
import * as queries from './queries.ts'
import type { OneTimeToken, Purpose } from './table.ts'
import * as tries from './try-queries.ts'

const MOST_TRIES = 5 // of an account, whatever codes it gets meanwhile
const WINDOW = HOUR // from the first try: short enough to wait for, and the links work all the while
// Live codes of an address that are compared: whoever asked three times may type any of them. With five of them one
// account in four million is guessed right in an hour.
const NEWEST = 5
const NO_CODE = Buffer.alloc(36)

/**
 * What becomes of a proof. A code is typed by hand, often on a device that is signed in: a wrong one is a fault of that
 * field, for clients take a 401 as the end of the session.
 *
 * @throws Problem validation_failed (400) at /code, in the place of token_invalid
 */
export async function proving<T>({ code }: Proof, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isRefused = error instanceof Problem && error.code === 'token_invalid'
    if (!isRefused || code === undefined) throw error
    throw invalid({ path: '/code', message: 'is wrong, used or no longer valid' })
  }
}

/**
 * The token of a code that could be used now, without using it. The try is burnt before the code is compared, and given
 * back if it was right. An unknown address, one without a live code, a wrong code and spent tries are one answer and
 * one amount of work.
 *
 * @throws Problem token_invalid (401)
 */
export async function findByCode(
  ctx: Context,
  scope: Scope,
  { address, code }: { address: Buffer; code: string },
  purposes: readonly Purpose[]
): Promise<OneTimeToken> {
  // Committed before anything is compared: what is compared is paid for, whatever becomes of the request.
  const { account, unused, tried, mayTry } = await transact(ctx.db, async trx => {
    const account = await accounts.findByEmail(trx, address)
    const own = purposes.filter(purpose => purpose !== 'change-email')
    const unused = await queries.findUnused(trx, address, own, NEWEST)
    // Beside them, not among them: whoever signs up with the address must not push them out, and so learn by the tries of
    // an account that wants it whether it was free.
    const wanting = await queries.findUnused(trx, address, ['change-email'], NEWEST)
    const wishes = purposes.includes('change-email') ? wanting : [] // read all the same: one work for all
    const tried = idsTried(ctx, address, account, wishes)
    return { account, unused: account ? unused : wishes, tried, mayTry: await burn(trx, ctx, tried) }
  })
  // While somebody has the address, or signs up with it, codes of that account count, and no others: who signs up must not
  // type the code of a stranger's account that wants the address, and find himself in there. A link says what it does.
  const isOf = ({ account_id }: OneTimeToken) => (account ? account.id.equals(account_id) : has(tried, account_id))
  const candidates = unused.filter(token => !isPast(token.expires_at, ctx.clock()) && isOf(token))
  const token = match(ctx, mayTry ? candidates : [], code)
  // Not of who wants the address: in his own trail he would see whether it has an owner.
  // Nor of tries that are spent: strangers must not fill the trail with them.
  if (!token) return await refuse(ctx, scope, mayTry ? account?.id : undefined)
  await transact(ctx.db, trx => tries.deleteTries(trx, tried))
  return token
}

/**
 * Whose tries are burnt: those of the account that has the address, and of the accounts that want it, so that neither
 * many accounts that want one address nor many addresses that one account wants make more tries. Where there are fewer
 * accounts, ids made of the address stand in for them.
 */
function idsTried(ctx: Context, address: Buffer, owner: Account | undefined, wishes: readonly OneTimeToken[]): Id[] {
  const wanting = wishes.map(({ account_id }) => account_id).filter(id => !owner?.id.equals(id))
  const distinct = wanting.filter((id, i) => wanting.findIndex(other => other.equals(id)) === i)
  const standIns = Array.from({ length: NEWEST }, (_, i) => standInId(ctx.keys, address, `wanting ${i}`))
  const ids = [owner?.id ?? standInId(ctx.keys, address, 'owner'), ...distinct, ...standIns].slice(0, 1 + NEWEST)
  return ids.sort(Buffer.compare) // one order of locking
}

async function burn(trx: Transaction<Database>, ctx: Context, ids: readonly Id[]): Promise<boolean> {
  const now = ctx.clock()
  await tries.insertTries(trx, ids, now)
  return (await tries.burnTry(trx, ids, { now, cutoff: after(now, -WINDOW), most: MOST_TRIES })) === ids.length
}

/** Compares as many codes whatever there is to compare with. */
function match(ctx: Context, candidates: readonly OneTimeToken[], code: string): OneTimeToken | undefined {
  const nobody = { account_id: Buffer.alloc(16), purpose: '' }
  const right = Array.from({ length: NEWEST }, (_, i) =>
    isCode(ctx.keys, candidates[i]?.code ?? NO_CODE, code, candidates[i] ?? nobody)
  )
  return candidates[right.indexOf(true)]
}

async function refuse(ctx: Context, scope: Scope, accountId: Id | undefined): Promise<never> {
  await transact(ctx.db, trx => audit.record(trx, ctx, scope, 'code_refused', { accountId }))
  throw new Problem('token_invalid')
}

function has(ids: readonly Id[], id: Id): boolean {
  return ids.some(one => one.equals(id))
}
