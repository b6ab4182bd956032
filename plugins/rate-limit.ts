import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../src/errors.ts'
import { idFromText } from '../src/ids.ts'
import { admit, type Readings } from '../src/limits/admission.ts'
import { createSharedStore } from '../src/limits/limits.ts'
import { createMemoryStore } from '../src/limits/memory-store.ts'
import { DEVICE, LIMITS, type Limit, type LimitName, SESSION } from '../src/limits/policy.ts'
import { isKnownDevice } from '../src/sessions/known-devices.ts'
import { createPolicies, stateOf } from './rate-limit/headers.ts'
import { createMeters, emailIn, type MeterOf } from './rate-limit/meters.ts'
import { presentedSession } from './rate-limit/presented-session.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route is limited by, beside `requests`, which every route is; src/limits/policy.ts. */
    limits?: readonly Exclude<LimitName, 'requests'>[]
  }
}

/**
 * Limits every route of this instance by address, in the process, and those that say so in their `config.limits` by
 * more, in a shared store. Answers carry RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-11);
 * what is refused is 429 with Retry-After, alike for members and for addresses that are nobody's.
 */
export default fp(
  async app => {
    const ctx = app.context
    if (ctx.config.RATE_LIMIT === 'off') return
    const [shared, inProcess] = [await createSharedStore(ctx, app.log), createMemoryStore(ctx.clock)]
    app.addHook('onClose', async () => {
      await shared.close()
    })
    const onError = (error: unknown) => app.log.debug({ err: error }, 'limits: a count was not taken back')
    const makers = {
      shared: await createMeters(shared, ctx.keys, onError),
      inProcess: await createMeters(inProcess, ctx.keys, onError)
    }
    const make = ([name, limit]: [string, Limit]): NamedMeters[number] => [
      name,
      makers[limit.inProcess ? 'inProcess' : 'shared'](name, limit)
    ]
    const meters = new Map(Object.entries<Limit>(LIMITS).map(make))
    const ofDevice = Object.entries<Limit>(DEVICE).map(make)
    const ofSession = Object.entries<Limit>(SESSION).map(make)
    const policyOf = createPolicies()
    const counted = new WeakMap<FastifyRequest, Readings>()
    const idle = new WeakSet<FastifyRequest>()

    app.addHook('onRequest', async (request, reply) => {
      const { limits = NONE } = request.routeOptions.config
      reply.header('RateLimit-Policy', policyOf(limits))
      await limit(request, reply, ['requests'], async () => (presentedSession(request) ? ofSession : undefined))
    })
    // Here the body is read and found valid: it says whose account it is.
    app.addHook('preHandler', async (request, reply) => {
      const { limits = NONE } = request.routeOptions.config
      if (limits.length > 0) counted.set(request, await limit(request, reply, limits, knownDevice(request)))
    })
    // A full queue has hashed nothing. Were it counted as work, whoever fills the queue would soon fill `hashes`, too, by
    // requests that his own address gets back.
    app.addHook('onError', async (request, _, error) => {
      if (error instanceof Problem && error.code === 'busy') idle.add(request)
    })
    // Not called for who hangs up before the answer: that try stays counted.
    app.addHook('onResponse', async (request, { statusCode }) => {
      for (const [meter] of counted.get(request) ?? [])
        if (idle.has(request) || isOver(meter.limit, statusCode)) meter.takeBack()
    })

    /** The limits of a device, for one that the account in the body is used on. Looked up once. */
    function knownDevice(request: FastifyRequest): () => Promise<NamedMeters | undefined> {
      let known: boolean | undefined
      return async () => {
        const email = emailIn(request)
        known ??= email !== undefined && (await isKnownDevice(ctx, request.membership, email))
        return known ? ofDevice : undefined
      }
    }

    async function limit(
      request: FastifyRequest,
      reply: FastifyReply,
      names: readonly LimitName[],
      whoIsSpared: () => Promise<NamedMeters | undefined>
    ): Promise<Readings> {
      const admission = await admit(
        names.filter(name => applies(LIMITS[name], request)).flatMap(name => meters.get(name)?.(request) ?? []),
        async () => (await whoIsSpared())?.map(([, meterOf]) => meterOf(request))
      )
      if (admission.admitted) {
        // Only what the client did itself: the state of an account is not told to whoever names it.
        setState(
          reply,
          admission.counted.filter(([meter]) => meter.limit.by === 'address')
        )
        return admission.counted
      }
      setState(reply, admission.refusedBy)
      request.log.info({ limits: admission.refusedBy.map(([{ name }]) => name) }, 'rate limited')
      throw new Problem('rate_limited', {
        retryAfter: Math.max(...admission.refusedBy.map(([, { seconds }]) => seconds))
      })
    }
  },
  { name: 'guildhall-rate-limit', fastify: '5.x', dependencies: ['guildhall-context'] }
)

type NamedMeters = [name: string, meterOf: MeterOf][]

const NONE: readonly Exclude<LimitName, 'requests'>[] = []

/** Whether a request is one that the limit counts. */
function applies({ onlyWith, ofMail }: Limit, request: FastifyRequest): boolean {
  const { body, membership } = request
  if (ofMail && membership.member) return isWish(request)
  return onlyWith === undefined || (typeof body === 'object' && body !== null && onlyWith in body)
}

/** Whether members ask for another address of their own; clients send their whole form, with the present one in it. */
function isWish(request: FastifyRequest): boolean {
  const { member } = request.membership
  const email = emailIn(request)
  const id: unknown = Reflect.get(Object(request.params), 'id')
  const isOwn = typeof id === 'string' && idFromText(id)?.equals(member?.accountId ?? Buffer.alloc(0)) === true
  return isOwn && email !== undefined && email !== '' && email !== member?.account.email
}

/** Whether a count is taken back. What failed because of us is nobody's doing, but the installation has worked on it. */
function isOver({ failuresOnly, onlyWith, ofMail, by }: Limit, status: number): boolean {
  if (status >= 500) return by !== 'installation'
  if (ofMail && status >= 400) return true // no mail
  // A field that was right and an act that failed for another reason, such as an older version, is no guess.
  const failed = onlyWith ? status === 400 : status >= 400
  return failuresOnly === true && !failed
}

function setState(reply: FastifyReply, readings: Readings): void {
  const state = stateOf(readings)
  if (state !== undefined) reply.header('RateLimit', state)
}
