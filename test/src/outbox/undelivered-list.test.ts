import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE } from '../../../src/clock.ts'
import type { UndeliveredMail } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { cursorOf, followPages } from '../../support/pages.ts'
import { undeliveredMail } from './put-mail.ts'

const PATH = '//undelivered-mail'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const { put, park, clear, find: mailOf } = undeliveredMail(app)
const pages = (query: Record<string, string> = {}) => followPages(admin, PATH, query, answer => answer.mails())
const ids = (mails: UndeliveredMail[]) => mails.map(({ id }) => id)

test('pages of any size are the whole list, newest first, or what was parked last first', async () => {
  await clear()
  const at = app.now().getTime()
  const waiting = [await put('w1@example.com'), await put('w2@example.com')]
  // Parked in another order than they were made, two of them in the same moment.
  const parked: string[] = []
  for (const minute of [3, 1, 2, 2]) parked.push(await park(`p${minute}@example.com`, new Date(at - minute * MINUTE)))
  waiting.push(await put('w3@example.com'))
  await put('', {}) // mail to nobody
  await put('done@example.com', { sent_at: app.now(), due_at: null })
  const newest = [...waiting, ...parked].toSorted().reverse()
  const [three, one, two, alsoTwo] = parked
  for (const limit of ['1', '2', '3', '7', '500']) {
    assert.deepEqual(ids(await pages({ limit })), newest, limit)
    assert.deepEqual(ids(await pages({ limit, state: 'waiting' })), waiting.toReversed(), limit)
    assert.deepEqual(ids(await pages({ limit, state: 'parked' })), [one, alsoTwo, two, three], limit)
  }
  const [mail] = await pages({ state: 'waiting' })
  assert.deepEqual([mail?.state, mail?.parked, mail?.lastError], ['waiting', null, null])
  assert.equal(mail?.nextTry, (await mailOf(mail?.id ?? '')).due_at?.toISOString())
})

test('what is in a mail, and its secret, is in no answer', async () => {
  await clear()
  await put('canary@example.com', { secret: Buffer.from('canary of a secret') })
  const { body } = await app.server.inject({
    url: '/undelivered-mail',
    headers: { authorization: `Bearer ${admin.token}` }
  })
  assert.match(body, /canary@example\.com/)
  assert.doesNotMatch(body.replace('canary@example.com', ''), /canary/)
})

test('what is no filter is refused by name, and a blank one counts as not given', async () => {
  const refused: [string, string][] = [
    ['state=sent', '/state'],
    ['state=parked&state=waiting', '/state'],
    ['state=', ''],
    ['limit=0', '/limit'],
    ['limit=501', '/limit'],
    ['limit=1e9', '/limit'],
    ['to=ada@example.com', '/to'],
    ['cursor=x', '/cursor'],
    ['__proto__=1', '/__proto__']
  ]
  for (const [query, path] of refused) {
    const answer = await admin.get(`${PATH}?${query}`)
    if (path === '') assert.equal(answer.status, 200, query)
    else
      assert.deepEqual(
        answer.faults().map(fault => fault.path),
        answer.faults().map(() => path),
        query
      )
  }
})

test('a cursor leads on in its own list only', async () => {
  await clear()
  for (const minute of [1, 2, 3]) await park(`c${minute}@example.com`, new Date(app.now().getTime() - minute * MINUTE))
  const all = await cursorOf(admin, `${PATH}?limit=1`)
  const parked = await cursorOf(admin, `${PATH}?limit=1&state=parked`)
  const events = await cursorOf(admin, '//events?limit=1')
  assert.equal((await admin.get(`${PATH}?cursor=${all}`)).mails().length, 2)
  for (const path of [
    `${PATH}?state=parked&cursor=${all}`,
    `${PATH}?state=waiting&cursor=${parked}`,
    `${PATH}?cursor=${parked}`,
    `${PATH}?cursor=${events}`,
    `//events?cursor=${all}`
  ])
    assert.deepEqual((await admin.get(path)).faults(), [{ path: '/cursor', message: 'is not a cursor of this list' }])
})

test('the list stands beside the accounts, wherever those are', async () => {
  for (const [prefix, path] of [
    ['/api/v1/accounts', '/api/v1/undelivered-mail'],
    ['/members/', '/undelivered-mail']
  ] as const) {
    const server = await app.another({}, { prefix })
    const headers = { authorization: `Bearer ${admin.token}` }
    assert.equal((await server.inject({ url: `${path}?limit=1`, headers })).statusCode, 200, path)
  }
})
