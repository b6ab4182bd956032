import type { FastifyInstance } from 'fastify'
import { DEVICE, LIMITS } from '../../src/limits/policy.ts'
import type { Answer } from './answer.ts'
import { createClient, PASSWORD } from './client.ts'

export interface Origin {
  from?: string
  agent?: string
  forwarded?: string
}

/** How a request says where it comes from. */
export const origin = ({ from = '127.0.0.1', agent = 'test', forwarded }: Origin) => ({
  remoteAddress: from,
  headers: { 'user-agent': agent, ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) }
})

/** One try to sign in. */
export async function tryLogIn(
  server: FastifyInstance,
  email: string,
  password = PASSWORD,
  where: Origin = {}
): Promise<Answer> {
  return await createClient(server).post('/authenticate', { email, password }, origin(where))
}

/** The nth address of an attacker who has many. */
export const attacker = (n: number): Origin => ({
  from: `100.${64 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`,
  agent: 'attacker'
})

export interface Stuffing {
  accounts: number
  addresses: number
  guesses: number
}

/**
 * Wrong passwords for many accounts from many addresses, as fast as they go, in one window of the clock.
 *
 * @returns how many were compared, how many were refused, how many the machine was too busy for, and how many
 *   docs/limits.md promises at most
 */
export async function stuff(
  server: FastifyInstance,
  { accounts, addresses, guesses }: Stuffing,
  emailOf = (n: number) => `victim${n}@example.com`
): Promise<{ accepted: number; refused: number; busy: number; budget: number }> {
  const counts = { accepted: 0, refused: 0, busy: 0 }
  const PARALLEL = 50 // more would be refused as busy (503) before they are compared
  for (let begun = 0; begun < guesses; begun += PARALLEL) {
    const answers = Array.from({ length: Math.min(PARALLEL, guesses - begun) }, (_, i) =>
      tryLogIn(server, emailOf((begun + i) % accounts), `guess number ${begun + i}`, attacker((begun + i) % addresses))
    )
    for (const { status } of await Promise.all(answers)) {
      if (status === 401) counts.accepted++
      else if (status === 429) counts.refused++
      else if (status === 503) counts.busy++
      else throw new Error(`a guess was answered ${status}`)
    }
  }
  const budget = Math.min(accounts * LIMITS['account-minute'].most, addresses * LIMITS.logins.most, LIMITS.hashes.most)
  return { ...counts, budget }
}

/**
 * What one account bears in any 24 hours, from strangers and, besides, from each known device: two windows of a day may
 * touch.
 */
export const DAILY = { strangers: 2 * LIMITS['account-day'].most, device: 2 * DEVICE['device-day'].most }
