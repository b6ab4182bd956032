import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Meter } from '../../src/limits/admission.ts'
import { accountKey, addressKey, counterKey } from '../../src/limits/keys.ts'
import type { Limit, LimitKey } from '../../src/limits/policy.ts'
import type { CounterStore, Step } from '../../src/limits/store.ts'
import { networkOf } from '../../src/places.ts'
import { addressOf } from '../../src/proxies.ts'
import type { Keyring } from '../../src/tokens/keyring.ts'
import { presentedSession } from './presented-session.ts'

export type MeterOf = (request: FastifyRequest) => Meter

/** Makes meters that count in `store`, by @fastify/rate-limit. */
export async function createMeters(
  store: CounterStore,
  keys: Keyring,
  onError: (error: unknown) => void
): Promise<(name: string, limit: Limit) => MeterOf> {
  // An instance of its own, never started: the plugin hangs its maker of limiters on an instance, and where a host has
  // registered it, too, it takes the host's, with the host's store.
  const own: FastifyInstance = Fastify()
  await own.register(rateLimit, { global: false, store: adapt(store) })
  return (name, limit) => {
    const keyOf = (request: FastifyRequest) => {
      const parts = [name, ...PARTS[limit.by](request)]
      return limit.inProcess ? parts.join(' ') : counterKey(keys, parts)
    }
    const limiter = own.createRateLimit({ max: limit.most, timeWindow: limit.window, keyGenerator: keyOf })
    const read = async (request: FastifyRequest, increment: boolean) => {
      const answer = await limiter(request, { increment })
      if (answer.isAllowed) throw new Error('nobody is on a list of those who pass: there is none')
      return { left: answer.remaining, isExceeded: answer.isExceeded, seconds: Math.max(1, answer.ttlInSeconds) }
    }
    return request => ({
      name,
      limit,
      look: () => read(request, false),
      count: () => read(request, true),
      takeBack: () => void store.add(keyOf(request), -1, limit.window).catch(onError)
    })
  }
}

/** What a request is counted by. */
const PARTS: Record<LimitKey, (request: FastifyRequest) => string[]> = {
  address: request => [ipKey(request)],
  account: request => [emailKey(request)],
  // By route, for all strangers together, so that no flood of one kind of mail keeps a member from another: from a reset, or from signing up.
  recipient: request => [emailKey(request), request.routeOptions.url ?? ''],
  'recipient and address': request => [emailKey(request), ipKey(request)],
  'known device of an account': request => {
    const { ip, userAgent } = request.membership
    return [emailKey(request), networkOf(ip, 'neighbourhood')?.toString('hex') ?? '', userAgent]
  },
  member: request => [request.membership.member?.accountId.toString('hex') ?? ''],
  session: request => [request.membership.member?.sessionId.toString('hex') ?? ''],
  'presented session': request => [presentedSession(request) ?? ''],
  installation: () => []
}

function ipKey(request: FastifyRequest): string {
  return addressKey(addressOf(request.ip))
}

function emailKey(request: FastifyRequest): string {
  const email = emailIn(request)
  if (email === undefined) throw new Error('only routes whose schema demands `email` are limited by it')
  return accountKey(email)
}

/** The address in the body, if the schema of the route takes one. */
export function emailIn({ body }: FastifyRequest): string | undefined {
  const email: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'email') : undefined
  return typeof email === 'string' ? email : undefined
}

/** Our counters behind the interface that @fastify/rate-limit knows. */
function adapt(store: CounterStore) {
  type Done = Parameters<FastifyRateLimitStore['incr']>[1]
  const add = (key: string, by: Step, done: Done, window: number) =>
    void store.add(key, by, window).then(
      ({ count, ttl }) => done(null, { current: count, ttl }),
      (error: Error) => done(error)
    )
  return class {
    incr(key: string, done: Done, window: number): void {
      add(key, 1, done, window)
    }

    read(key: string, done: Done, window: number): void {
      add(key, 0, done, window)
    }

    child() {
      return this
    }
  }
}
