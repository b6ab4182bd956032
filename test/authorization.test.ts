import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import { AccountView, UpdateAccountRequest } from '../src/accounts/schemas.ts'
import { MINUTE } from '../src/clock.ts'
import { createTestApp } from './support/app.ts'
import {
  type Actor,
  CLOSED_ROUTES,
  FIELDS,
  isActor,
  PUBLIC_ROUTES,
  type Row,
  renderAuthorization
} from './support/authorization.ts'
import { type Client, createClient, createMember, registration } from './support/client.ts'
import { type Route, routesOf } from './support/routes.ts'
import { setAccount } from './support/rows.ts'
import { claimsOf } from './support/sessions.ts'

const NOBODY = '0199d6a0-0000-7000-8000-000000000000'
const ACCOUNT: Route = { name: 'GET /accounts/:id', method: 'GET', url: '/accounts/:id', config: {}, schema: {} }
const ROWS: Record<string, Row> = { ...PUBLIC_ROUTES, ...CLOSED_ROUTES }

let added = 0

const app = await createTestApp()
const routes = routesOf(app.server)
const { paths } = (await app.server.inject('/openapi.json')).json()

const expired = await createMember(app)
app.advance(16 * MINUTE) // beyond ACCESS_TOKEN_TTL
const admin = await createMember(app, { role: 'Admin' })
const [user, other, ended, suspended, unverified] = [await add(), await add(), await add(), await add(), await add()]
const { cookie } = ended
await ended.post('/revoke-token')
ended.cookie = cookie
await setAccount(app, suspended.email, { suspended_at: app.now() })
await setAccount(app, unverified.email, { verified_at: null })

/** A member made by the Admin, which takes no mail. */
async function add(role = 'User'): Promise<Client> {
  const { acceptTerms: _, ...account } = registration(`added${++added}@example.com`)
  await admin.post('/', { ...account, role })
  const client = createClient(app.server)
  await client.logIn(account.email)
  return client
}

interface Case {
  me: Client
  /** Whose object the request is about. */
  owner: Client
}

/** Who asks about whose object; on a route that ends it, members are fresh ones. */
async function caseOf(actor: Actor, { ends, who }: Row): Promise<Case> {
  const isFresh = ends === true && (who[actor] ?? 0) < 400
  const nobody = createClient(app.server)
  nobody.id = NOBODY
  if (actor === 'User, own' || actor === 'Admin, own') {
    const me = isFresh ? await add(actor.split(',')[0]) : actor === 'User, own' ? user : admin
    return { me, owner: me }
  }
  if (actor === 'User, other' || actor === 'Admin, other')
    return { me: actor === 'User, other' ? user : admin, owner: isFresh ? await add() : other }
  if (actor === 'Admin, missing') return { me: admin, owner: nobody }
  if (actor === 'anonymous') return { me: nobody, owner: user }
  const me = { unverified, suspended, ended, expired }[actor]
  return { me, owner: me }
}

async function ask(
  route: Route,
  { me, owner }: Case,
  row: Row = { who: {} },
  more: { method?: string; url?: string } = {}
) {
  const takesBody = route.method === 'POST' || route.method === 'PUT'
  const person = ({ id, email, cookie = 'x' }: Client) => ({ id, email: email || 'nobody@example.com', cookie })
  const mine = person(me)
  const body = row.body?.(mine, me === owner ? mine : person(owner)) ?? {}
  const response = await app.server.inject({
    method: more.method ?? route.method,
    url: more.url ?? urlOf(route, owner),
    ...(takesBody ? { payload: JSON.stringify(body) } : {}),
    headers: {
      ...(takesBody ? { 'content-type': 'application/json' } : {}),
      ...(me.token ? { authorization: `Bearer ${me.token}` } : {}),
      ...(me.cookie ? { cookie: `__Host-refresh=${me.cookie}` } : {})
    }
  })
  if (me.cookie) assert(!response.body.includes(me.cookie), 'a token that lives in a cookie is shown to scripts')
  return response
}

/** The path, with what is the owner's in the place of its parameters. */
function urlOf({ name, url }: Route, owner: Client): string {
  const values: Record<string, string> = { id: owner.id, sessionId: owner.token ? claimsOf(owner.token).sid : NOBODY }
  return url.replace(
    /:(\w+)/g,
    (_, key: string) =>
      values[key] ?? assert.fail(`${name}: say in urlOf of test/authorization.test.ts what :${key} is`)
  )
}

function rowOf({ name, config }: Route): Row {
  const table = config.public ? 'PUBLIC_ROUTES' : 'CLOSED_ROUTES'
  return (
    (config.public ? PUBLIC_ROUTES : CLOSED_ROUTES)[name] ??
    assert.fail(`${name} has no row: say who may call it in ${table} of test/support/authorization.ts, such as
  '${name}': { who: ${config.public ? 'ANYONE' : config.role === 'Admin' ? 'ADMIN' : 'OWN_OR_ADMIN'} },`)
  )
}

/** What the OpenAPI document says of a route, by status. */
function documented({ url, method }: Route): Record<string, { description: string }> | undefined {
  return paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.responses
}

function assertDocumented(route: Route, { statusCode, body }: LightMyRequestResponse): void {
  const responses = documented(route)
  if (!responses) return // no part of the API: test/src/server.test.ts lists them
  const said = responses[statusCode]?.description ?? assert.fail(`${route.name}: ${statusCode} is not documented`)
  if (statusCode >= 400)
    assert(said.includes(`\`${JSON.parse(body).code}\``), `${route.name}: ${body} is not documented`)
}

const isEnding = ({ name }: Route) => ROWS[name]?.ends === true
const inOrder = [...routes.filter(route => !isEnding(route)), ...routes.filter(isEnding)]

suite('the table', () => {
  // ASVS V6.3.4
  test('has a row for every route, and none for a route that is gone', () => {
    for (const route of routes) rowOf(route)
    assert.deepEqual(Object.keys(ROWS).toSorted(), routes.map(({ name }) => name).toSorted())
  })

  // ASVS V6.1.3, V8.1.1, V8.1.2
  test('is what docs/authorization.md says', () => {
    const committed = readFileSync(join(import.meta.dirname, '../docs/authorization.md'), 'utf8')
    assert.equal(committed, renderAuthorization(), 'npm run check -- --write')
  })

  test('closes what the configuration of the routes closes', () => {
    for (const route of routes) {
      const { who } = rowOf(route)
      if (route.config.public) continue
      for (const actor of ['anonymous', 'unverified', 'suspended', 'ended', 'expired'] as const)
        assert.equal(who[actor], 401, `${route.name} for ${actor}`)
      if (route.config.role) assert.equal(who['User, own'], 403, route.name)
    }
  })
})

// ASVS V8.2.1, V8.2.2, V8.3.1, V6.1.3
suite('every route answers', () => {
  for (const route of inOrder) {
    const row = ROWS[route.name] ?? { who: {} }
    for (const [actor, status] of Object.entries(row.who)) {
      assert(isActor(actor))
      test(`${route.name}: ${actor} ${status}`, async () => {
        const one = await caseOf(actor, row)
        const isGet = route.method === 'GET'
        // HEAD is a GET without its body, and must be guarded as one.
        const head = isGet ? await ask(route, one, row, { method: 'HEAD' }) : undefined
        const response = await ask(route, one, row)
        assert.equal(response.statusCode, status, response.body)
        assertDocumented(route, response)
        if (head) assert.deepEqual([head.statusCode, head.body], [status, ''])
        if (row.ends && actor !== 'anonymous' && status < 400 && one.me !== admin)
          assert.equal((await ask(ACCOUNT, { me: one.owner, owner: one.owner })).statusCode, 401, 'it has ended')
      })
    }
  }
})

suite('every closed route', () => {
  for (const route of routes.filter(({ config }) => !config.public)) {
    const row = ROWS[route.name] ?? { who: {} }
    const hasObject = route.url.includes(':')

    // ASVS V8.2.2
    if (hasObject)
      test(`${route.name}: to a User, what is missing and what is somebody else’s look alike`, async () => {
        const nobody = createClient(app.server)
        nobody.id = NOBODY
        const answers = []
        for (const owner of [other, nobody]) {
          const { statusCode, body } = await ask(route, { me: user, owner }, row)
          answers.push([statusCode, JSON.parse(body).code])
        }
        assert.deepEqual(answers[0], answers[1])
      })

    if (route.url.split(':').length > 2)
      test(`${route.name}: what is somebody else’s is not reached through what is one’s own`, async () => {
        const url = urlOf(route, other).replace(other.id, user.id)
        assert((await ask(route, { me: user, owner: other }, row, { url })).statusCode >= 400)
        assert.equal((await ask(ACCOUNT, { me: other, owner: other })).statusCode, 200)
      })
  }
})

// ASVS V8.2.3
suite('every field of an account', () => {
  test('is in the table', () => {
    const known = [...Object.keys(AccountView.properties), ...Object.keys(UpdateAccountRequest.properties)]
    for (const name of new Set(known))
      assert(FIELDS[name], `${name}: say in FIELDS of test/support/authorization.ts who may write it`)
    assert.deepEqual(Object.keys(FIELDS).toSorted(), [...new Set(known)].toSorted())
  })

  for (const [name, { shown, body, ...statuses }] of Object.entries(FIELDS)) {
    test(`${name} is ${shown ? 'shown' : 'never shown'}; written by a User ${statuses.user}, by an Admin ${statuses.admin}`, async () => {
      const subject = await add()
      for (const [me, status] of [
        [subject, statuses.user],
        [admin, statuses.admin]
      ] as const) {
        const before = (await admin.get(`/${subject.id}`)).body
        assert.equal(name in before, shown)
        const answer = await me.put(`/${subject.id}`, body)
        assert.equal(answer.status, status, JSON.stringify(answer.body))
        if (status >= 400) assert.deepEqual((await admin.get(`/${subject.id}`)).body, before)
        else assert.equal(name in answer.body, shown)
      }
    })
  }
})
