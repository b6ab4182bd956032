import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The time that an answer takes must not tell whether an address is a member's. */
    blursTiming?: true
  }
}

// Known and unknown addresses take the same statements, and still differ by what a row costs to read: some 0.05 ms,
// which a few hundred samples would show (docs/decisions/0023-blurred-timing.md).
const BLUR_MS = 10 // at most

/** Answers of routes whose config says `blursTiming` wait a random time of up to BLUR_MS, whatever they answer. */
export default fp(
  async app => {
    app.addHook('onRoute', route => {
      if (!route.config?.blursTiming) return
      route.onSend = [
        ...[route.onSend ?? []].flat(),
        async (_request, _reply, payload) => {
          await sleep(randomInt(BLUR_MS))
          return payload
        }
      ]
    })
  },
  { name: 'guildhall-blurred-timing', fastify: '5.x' }
)
