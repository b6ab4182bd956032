import { randomBytes } from 'node:crypto'
import { parseOptions } from '@node-rs/argon2'
import { Problem } from '../errors.ts'
import type { Keyring } from '../tokens/keyring.ts'
import { createBulkhead } from './bulkhead.ts'

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 } // KiB, passes, lanes
// What a stored hash may cost: room for stronger parameters to come.
const MOST = { memoryCost: 262144, timeCost: 20, parallelism: 16 } // KiB, passes, lanes

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

// Verified when there is no account, so that an unknown address costs what a wrong password costs.
const DUMMY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${base64(randomBytes(16))}$${base64(randomBytes(32))}`

export interface Verification {
  ok: boolean
  /** The stored hash has an older pepper or lower costs: hash again while the password is at hand. */
  outdated: boolean
}

export interface Hasher {
  /** The self-describing string to store: PHC format, with the pepper's id as `keyid`. */
  hash(password: string): Promise<string>
  /** @param stored null when there is nothing to compare with: takes as long, never ok */
  verify(password: string, stored: string | null): Promise<Verification>
  /** Hashes under way or waiting. */
  load(): number
  close(): void
}

/** argon2id with a pepper derived from SECRET, in the hash process. Passwords are compared in NFKC (NIST SP 800-63B-4 §3.1.1.2). */
export function createHasher(keys: Keyring): Hasher {
  const bulkhead = createBulkhead()

  /** @returns undefined when argon2 cannot read the hash */
  async function verifyPhc(password: string, phc: string, pepper: Buffer): Promise<boolean | undefined> {
    const answer = await bulkhead.run({ kind: 'verify', password: password.normalize('NFKC'), phc, pepper })
    return 'ok' in answer ? answer.ok : undefined
  }

  async function verifyNothing(password: string, pepper: Buffer): Promise<Verification> {
    // When even this hash cannot be computed, the machine has no room for it, and a 401 would be a lie.
    if ((await verifyPhc(password, DUMMY, pepper)) === undefined) throw new Problem('busy')
    return { ok: false, outdated: false }
  }

  return {
    async hash(password) {
      const pepper = keys.current('pepper')
      const answer = await bulkhead.run({
        kind: 'hash',
        password: password.normalize('NFKC'),
        pepper: pepper.key,
        options: COST
      })
      if (!('phc' in answer))
        throw new Error(`argon2 could not hash: ${'failure' in answer ? answer.failure : 'no hash'}`)
      return addKeyId(answer.phc, pepper.id)
    },

    async verify(password, stored) {
      const current = keys.current('pepper')
      const parsed = stored === null ? undefined : parseHash(stored)
      const pepper = parsed && keys.find('pepper', parsed.keyId)
      if (!parsed || !pepper) return await verifyNothing(password, current.key)
      const ok = await verifyPhc(password, parsed.phc, pepper.key)
      if (ok === undefined) return await verifyNothing(password, current.key)
      return { ok, outdated: ok && (!pepper.id.equals(current.id) || isWeak(parsed.phc)) }
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

function parseHash(stored: string): { phc: string; keyId: Buffer } | undefined {
  const found = /^(\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+),keyid=([A-Za-z0-9+/]+)(\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+)$/.exec(
    stored
  )
  if (!found?.[2] || !isBearable(found[1] ?? '')) return undefined
  return { phc: `${found[1]}${found[3]}`, keyId: Buffer.from(found[2], 'base64') }
}

/** A stored hash that was damaged must not occupy the hash process for ever. */
function isBearable(parameters: string): boolean {
  const [memory = 0, passes = 0, lanes = 0] = Array.from(parameters.matchAll(/[mtp]=(\d+)/g), ([, cost]) =>
    Number(cost)
  )
  return memory <= MOST.memoryCost && passes <= MOST.timeCost && lanes <= MOST.parallelism
}

function isWeak(phc: string): boolean {
  const { memoryCost, timeCost } = parseOptions(phc)
  return memoryCost < COST.memoryCost || timeCost < COST.timeCost
}
