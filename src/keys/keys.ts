import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findPasswordHashes } from '../accounts/queries.ts'
import * as audit from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import type { Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import { pepperIdOf } from '../passwords/hasher.ts'
import type { Scope } from '../scope.ts'
import { readKeys, writeKeys } from '../tokens/key-file.ts'
import { type Rotation, replace, rotate } from '../tokens/rotation.ts'
import { readSigningKeys, type SigningKey, signingKeyFile } from '../tokens/signing-keys.ts'
import { replaceFile } from './replace-file.ts'

const BATCH = 1000 // password hashes a query, by primary key

export interface KeyChange {
  done: Rotation['done']
  /** Where the keys stand now. */
  file: string
  /** The file is new: the configuration does not name it yet. */
  isNew: boolean
  keys: SigningKey[]
}

/** How keys are changed: in time, before their time, or after a leak. */
export type Manner = 'gently' | 'forced' | 'leaked'

/**
 * Rotates the signing keys (src/tokens/rotation.ts) in the file that JWT_PRIVATE_KEYS names first. Where it holds PEM
 * texts there is no file to change: all keys go to a new one under DATA_DIR, and nowhere else.
 *
 * @param source JWT_PRIVATE_KEYS, or what stands for it
 * @throws TooEarly; Error for people when another rotation is under way
 */
export async function rotateKeys(
  { ACCESS_TOKEN_TTL, DATA_DIR }: Config,
  clock: Clock,
  source: string,
  manner: Manner
): Promise<KeyChange> {
  const named = signingKeyFile(source)
  let change: Pick<KeyChange, 'done' | 'keys'> | undefined
  if (named === undefined) await mkdir(DATA_DIR, { recursive: true, mode: 0o700 })
  const file = await replaceFile(named ?? join(DATA_DIR, 'signing-keys.pem'), text => {
    if (named === undefined && text !== undefined)
      throw new Error(`${join(DATA_DIR, 'signing-keys.pem')} is there: set JWT_PRIVATE_KEYS to this path, or remove it`)
    const now = clock()
    const keys = text === undefined ? keysOf(source) : readKeys(text)
    const options = { now, accessTokenTtl: ACCESS_TOKEN_TTL, forced: manner === 'forced' }
    const rotation = manner === 'leaked' ? replace(now) : rotate(keys, options)
    const written = writeKeys(rotation.keys)
    change = { done: rotation.done, keys: readSigningKeys(written) } // what a server could not read is not written
    return written
  })
  if (!change) throw new Error('a file is replaced by what was made of it')
  return { ...change, file, isNew: named === undefined }
}

function keysOf(source: string) {
  return readSigningKeys(source).map(({ privatePem, state, since }) => ({ pem: privatePem, state, since }))
}

/** Records a rotation. The file is the act, and works without a database: so this comes after it, where there is one. */
export async function recordRotation(
  ctx: Context,
  scope: Scope,
  { done, keys }: KeyChange,
  manner: Manner
): Promise<void> {
  const detail = { done, manner, keys: keys.map(({ kid, state }) => ({ kid, state })) }
  await transact(ctx.db, trx => audit.record(trx, ctx, scope, 'signing_key_rotated', { accountId: undefined, detail }))
}

export interface PasswordCount {
  /** Under the first secret. */
  current: number
  /** Under one of the others: they need it until their members sign in. */
  older: number
  /** Under none that is listed: these members need a new password. */
  lost: number
}

/** Which secret the password hashes need: how far a rotation of SECRET has come. */
export async function countPasswords(ctx: Context): Promise<PasswordCount> {
  const current = ctx.keys.current('pepper').id
  const count = { current: 0, older: 0, lost: 0 }
  let after: Id | undefined
  do {
    const rows = await findPasswordHashes(ctx.db, BATCH, after)
    for (const { password_hash } of rows) {
      const id = pepperIdOf(password_hash)
      if (id?.equals(current)) count.current++
      else if (id && ctx.keys.find('pepper', id)) count.older++
      else count.lost++
    }
    after = rows.at(-1)?.id
  } while (after)
  return count
}
