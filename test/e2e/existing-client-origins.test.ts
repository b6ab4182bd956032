import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePort } from '../../src/embedded/ports.ts'
import { PASSWORD } from '../support/client.ts'
import { createAdmin, enter, FOLDER, fillIn, message, stageExistingClient, start } from './support/existing-client.ts'
import { serveFiles } from './support/file-server.ts'

// The client of the reference system in a browser: what may pass between its origin and the API's, and between others.
const stage = await stageExistingClient()

test('its preflights are granted: a bearer, JSON, PUT and DELETE', async t => {
  const visitor = await stage.visit(t)
  await enter(stage, visitor, 'preflights@example.com', 'Admin')
  const id = await visitor.page.evaluate('user.id')
  visitor.expect(/^404 DELETE /)
  assert.equal(
    await visitor.page.evaluate(`accountService.update(user.id, { title: 'Dr' }).then(({ title }) => title)`),
    'Dr'
  )
  await visitor.page.evaluate(`accountService.delete('nobody').catch(() => {})`)
  const preflights = stage.faults.requests.filter(({ what }) => what.startsWith('OPTIONS '))
  for (const path of ['authenticate', id, 'nobody'])
    assert(
      preflights.some(({ what }) => what === `OPTIONS /accounts/${path}`),
      `${path} had a preflight`
    )
  assert.deepEqual([...new Set(preflights.map(({ status }) => status))], [204])
})

test('it can read the message of every refusal', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  const email = 'refused@example.com'
  await enter(stage, visitor, email, 'Admin')
  await page.getByRole('button', { name: 'Logout' }).click()
  visitor.expect(/^(400|401|403|404|409|413|415|429) /)
  const admin = await createAdmin(stage)
  const authorization = `Bearer ${admin.token}`
  const told = async (method: string, path: string, body?: string, headers: object = {}): Promise<string> => {
    const init = {
      method,
      credentials: method === 'POST' ? 'include' : 'same-origin',
      headers,
      ...(body ? { body } : {})
    }
    return await page.evaluate(
      `fetch(apiUrl + '${path}', ${JSON.stringify(init)}).then(async answer => answer.status + ' ' + (await answer.json()).code)`
    )
  }
  const json = { 'content-type': 'application/json' }
  const login = JSON.stringify({ email: 'stranger@example.com', password: 'not the password' })
  assert.equal(await told('POST', '/accounts/authenticate', '{', json), '400 malformed_request')
  assert.equal(await told('POST', '/accounts/authenticate', '{}', json), '400 validation_failed')
  assert.equal(await told('POST', '/accounts/authenticate', login, json), '401 invalid_credentials')
  assert.equal(await told('GET', '/accounts'), '401 authentication_required')
  assert.equal(await told('GET', '/accounts/none', undefined, { authorization }), '404 account_not_found')
  assert.equal(await told('GET', '/nowhere'), '404 not_found')
  assert.equal(
    await told('POST', '/accounts/authenticate', JSON.stringify({ email: 'x'.repeat(20_000) }), json),
    '413 payload_too_large'
  )
  assert.equal(await told('POST', '/accounts/authenticate', login), '415 unsupported_media_type')
  for (let i = 0; i < 20; i++) await told('POST', '/accounts/authenticate', login, json)
  assert.equal(await told('POST', '/accounts/authenticate', login, json), '429 rate_limited')
})

test('the same client on an origin that is not listed gets nothing, with the member’s cookie neither', async t => {
  const visitor = await stage.visit(t)
  await enter(stage, visitor, 'victim@example.com')
  const port = await freePort()
  await using _ = await serveFiles(FOLDER, port, stage.api)
  const asked = () => stage.faults.requests.filter(({ what }) => !what.startsWith('OPTIONS ')).length
  const before = asked()
  visitor.expect(/^console error: Access to fetch .* has been blocked by CORS policy/)
  visitor.expect('failed POST /accounts/refresh-token: net::ERR_FAILED')
  visitor.expect('page error: TypeError: Failed to fetch')
  const foreign = await visitor.context.newPage()
  await foreign.goto(`http://localhost:${port}/profile`)
  await foreign.getByRole('heading', { name: 'Login' }).waitFor()
  assert.equal(asked(), before, 'the server saw preflights alone')

  visitor.expect('failed POST /accounts/revoke-token: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin')
  // Without a preflight, as forms may: the cookie goes along, for a port is no other site. It moves nothing.
  const blind = `fetch(apiUrl + '/accounts/revoke-token', { method: 'POST', mode: 'no-cors', credentials: 'include' })`
  await foreign.evaluate(`${blind}.catch(() => {})`)
  assert.deepEqual(stage.faults.requests.at(-1), { what: 'POST /accounts/revoke-token', status: 403 })
  await visitor.page.reload()
  await visitor.page.getByRole('heading', { name: 'My profile' }).waitFor()
})

test('who is not verified is told so, and is not signed in', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  const email = 'unverified@example.com'
  visitor.expect('403 POST /accounts/authenticate')
  await start(visitor, '/account/register')
  await page.getByLabel('Accept terms').check()
  await fillIn(
    page,
    {
      Title: 'Ms',
      'First name': 'Ada',
      'Last name': 'King',
      Email: email,
      Password: PASSWORD,
      'Confirm password': PASSWORD
    },
    'Register'
  )
  await message(visitor, 'Registration successful')
  await fillIn(page, { Email: email, Password: PASSWORD }, 'Login')
  await message(visitor, /verif/)
  assert.equal(visitor.count('POST /accounts/revoke-token'), 0)
})
