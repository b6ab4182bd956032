import { randomBytes } from 'node:crypto'
import { Problem } from '../errors.ts'
import type { Keyring } from '../tokens/keyring.ts'
import { createBulkhead } from './bulkhead.ts'

/** What a hash costs: KiB of memory, passes over it, lanes. */
export interface HashCost {
  memoryCost: number
  timeCost: number
  parallelism: number
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
export const HASH_COST: HashCost = { memoryCost: 19456, timeCost: 2, parallelism: 1 }
/** What argon2 itself takes, per lane (RFC 9106 §3.1); for tests only. */
export const LEAST_HASH_COST: HashCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
/** What a stored hash may cost: room for stronger parameters to come. */
const MAX_COST: HashCost = { memoryCost: 262144, timeCost: 20, parallelism: 16 }

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

export interface Verification {
  ok: boolean
  /** The stored hash has an older pepper or lower costs: hash again while the password is at hand. */
  outdated: boolean
}

export interface Hasher {
  /** The self-describing string to store: PHC format, with the pepper's id as `keyid`. */
  hash(password: string): Promise<string>
  /**
   * @param stored null when there is nothing to compare with: takes as long, never ok
   * @param followsUp the password was compared with another hash before: what is known by then must not be lost in a full
   *   queue, or a wrong guess would be 503, and count for nothing, where a right one is 200
   */
  verify(password: string, stored: string | null, followsUp?: boolean): Promise<Verification>
  /** Hashes under way or waiting. */
  load(): number
  close(): void
}

/** What is expected of a cost that passwords may not be hashed at; undefined for a good one. */
export function findCostFault(cost: HashCost, production: boolean): string | undefined {
  const least = production ? HASH_COST : LEAST_HASH_COST
  const { memoryCost, timeCost, parallelism } = cost
  const whole = [memoryCost, timeCost, parallelism].every(value => Number.isInteger(value) && value >= 1)
  if (whole && memoryCost >= 8 * parallelism && !isWeaker(cost, least) && isWithinLimits(cost)) return undefined
  return `memoryCost ${least.memoryCost} to ${MAX_COST.memoryCost} KiB, timeCost ${least.timeCost} to ${MAX_COST.timeCost}, parallelism 1 to ${MAX_COST.parallelism}, 8 KiB for each lane`
}

/** The id of the pepper that a stored hash needs; undefined for what is no hash of ours. */
export function pepperIdOf(stored: string): Buffer | undefined {
  return parseHash(stored)?.keyId
}

/** argon2id with a pepper derived from SECRET, in the hash process. Passwords are compared in NFKC (NIST SP 800-63B-4 §3.1.1.2). */
export function createHasher(keys: Keyring, cost: HashCost = HASH_COST): Hasher {
  const bulkhead = createBulkhead()
  // Verified when there is no account, so that an unknown address costs what a wrong password costs.
  const dummy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${base64(randomBytes(16))}$${base64(randomBytes(32))}`

  /** @returns undefined when argon2 cannot read the hash */
  async function verifyPhc(
    password: string,
    phc: string,
    pepper: Buffer,
    followsUp: boolean
  ): Promise<boolean | undefined> {
    const job = { kind: 'verify', password: password.normalize('NFKC'), phc, pepper } as const
    const answer = await bulkhead.run(job, followsUp)
    return 'ok' in answer ? answer.ok : undefined
  }

  async function verifyNothing(password: string, pepper: Buffer, followsUp: boolean): Promise<Verification> {
    // When even this hash cannot be computed, the machine has no room for it, and a 401 would be a lie.
    if ((await verifyPhc(password, dummy, pepper, followsUp)) === undefined) throw new Problem('busy')
    return { ok: false, outdated: false }
  }

  return {
    async hash(password) {
      const pepper = keys.current('pepper')
      const answer = await bulkhead.run({
        kind: 'hash',
        password: password.normalize('NFKC'),
        pepper: pepper.key,
        options: cost
      })
      if (!('phc' in answer))
        throw new Error(`argon2 could not hash: ${'failure' in answer ? answer.failure : 'no hash'}`)
      return addKeyId(answer.phc, pepper.id)
    },

    async verify(password, stored, followsUp = false) {
      const current = keys.current('pepper')
      const parsed = stored === null ? undefined : parseHash(stored)
      const pepper = parsed && keys.find('pepper', parsed.keyId)
      if (!parsed || !pepper) return await verifyNothing(password, current.key, followsUp)
      const ok = await verifyPhc(password, parsed.phc, pepper.key, followsUp)
      if (ok === undefined) return await verifyNothing(password, current.key, true)
      return { ok, outdated: ok && (!pepper.id.equals(current.id) || isWeaker(parsed.cost, cost)) }
    },

    load: bulkhead.load,
    close: bulkhead.close
  }
}

/** `$argon2id$v=19$m=…,t=…,p=…,keyid=…$salt$hash`: keyid is the PHC format's own word for it. */
function addKeyId(phc: string, id: Buffer): string {
  const [, algorithm, version, parameters, salt, hash] = phc.split('$')
  return `$${algorithm}$${version}$${parameters},keyid=${base64(id)}$${salt}$${hash}`
}

function parseHash(stored: string): { phc: string; cost: HashCost; keyId: Buffer } | undefined {
  const found =
    /^(\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)),keyid=([A-Za-z0-9+/]+)(\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+)$/.exec(
      stored
    )
  if (!found?.[5]) return undefined
  const cost = { memoryCost: Number(found[2]), timeCost: Number(found[3]), parallelism: Number(found[4]) }
  return isWithinLimits(cost)
    ? { phc: `${found[1]}${found[6]}`, cost, keyId: Buffer.from(found[5], 'base64') }
    : undefined
}

/** A stored hash that was damaged must not occupy the hash process for ever. */
function isWithinLimits({ memoryCost, timeCost, parallelism }: HashCost): boolean {
  return memoryCost <= MAX_COST.memoryCost && timeCost <= MAX_COST.timeCost && parallelism <= MAX_COST.parallelism
}

/** Whether a hash is cheaper to guess than one of the other cost. */
function isWeaker({ memoryCost, timeCost }: HashCost, than: HashCost): boolean {
  return memoryCost < than.memoryCost || timeCost < than.timeCost
}
