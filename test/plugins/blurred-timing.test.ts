import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import blurredTiming from '../../plugins/blurred-timing.ts'
import { createTestApp } from '../support/app.ts'
import { routesOf } from '../support/routes.ts'

const ASKED = 60

// ASVS V6.3.8
test('routes that take an address, or a code for one, blur their timing; they are these', async () => {
  const app = await createTestApp()
  const blurred = routesOf(app.server).filter(({ config }) => config.blursTiming)
  assert.deepEqual(blurred.map(({ name }) => name).toSorted(), [
    'POST /accounts/authenticate',
    'POST /accounts/forgot-password',
    'POST /accounts/register',
    'POST /accounts/resend-verification',
    'POST /accounts/reset-password',
    'POST /accounts/validate-reset-token',
    'POST /accounts/verify-email'
  ])
})

test('answers wait for a random moment, refusals, too, and are what they were', async () => {
  const app = Fastify()
  await app.register(blurredTiming)
  const config = { blursTiming: true } as const
  app.get('/answer', { config }, async () => ({ said: 'yes' }))
  app.get('/refusal', { config }, async () => {
    throw Object.assign(new Error('no'), { statusCode: 401 })
  })
  assert.deepEqual((await app.inject('/answer')).json(), { said: 'yes' })
  for (const [url, status] of [
    ['/answer', 200],
    ['/refusal', 401]
  ] as const) {
    const started = performance.now()
    for (let i = 0; i < ASKED; i++) assert.equal((await app.inject(url)).statusCode, status)
    // 4.5 ms on average: that all of them together wait less than a quarter of that is chance of one in a billion.
    assert(performance.now() - started > ASKED * 1.1, url)
  }
})
