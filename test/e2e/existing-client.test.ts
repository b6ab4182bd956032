import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { enter, fillIn, linkTo, message, signIn, stageExistingClient, start } from './support/existing-client.ts'

// The client of the reference system in a browser, on another origin than the API: what a member and an Admin do with it.
const stage = await stageExistingClient()

const PERSON = { Title: 'Ms', 'First name': 'Ada', 'Last name': 'Lovelace' }

test('a member registers, verifies by the mailed link and signs in; the browser keeps the refresh cookie from scripts', async t => {
  const visitor = await stage.visit(t)
  const { page, context } = visitor
  const email = 'ada@example.com'
  await start(visitor, '/account/register')
  await page.getByLabel('Accept terms').check()
  await fillIn(page, { ...PERSON, Email: email, Password: PASSWORD, 'Confirm password': PASSWORD }, 'Register')
  await message(visitor, 'Registration successful')

  const link = await linkTo(stage, email)
  assert(link.startsWith(`${stage.pages}/account/verify-email?token=`), link)
  await page.goto(link)
  await message(visitor, 'Verification successful')
  assert(!page.url().includes('token'), page.url())
  assert.equal(visitor.count('POST /accounts/verify-email'), 1)

  await signIn(visitor, email)
  const [cookie, ...others] = await context.cookies(stage.api)
  assert.deepEqual(others, [])
  const { name, domain, path, httpOnly, secure, sameSite } = cookie ?? assert.fail('there is no cookie')
  assert.deepEqual(
    { name, domain, path, httpOnly, secure, sameSite },
    { name: '__Host-refresh', domain: 'localhost', path: '/', httpOnly: true, secure: true, sameSite: 'Strict' }
  )
  assert.equal(await page.evaluate('document.cookie'), '')
})

test('a profile is saved with blank passwords, which change nothing; faults are shown, and nobody is signed out by them', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  const email = 'form@example.com'
  await enter(stage, visitor, email)
  const edit = async (fields: Record<string, string>) => {
    await page.evaluate(`go('/profile/update')`)
    await fillIn(page, fields, 'Save')
  }
  await edit({ 'Last name': 'King' })
  await message(visitor, 'Update successful')
  assert.equal(await page.locator('[data-field=lastName]').textContent(), 'King')

  visitor.expect(/^400 PUT \/accounts\//)
  const faults: Record<string, string>[] = [
    { 'Confirm password': 'x' },
    { Password: 'short', 'Confirm password': 'short' },
    { Email: 'no address' },
    { 'First name': `<b>${'x'.repeat(81)}</b>` }
  ]
  for (const fields of faults) {
    await edit(fields)
    await message(visitor, 'Some fields are not valid')
    assert.equal(await page.locator('#alert *').count(), 0, 'the message brings no input back as HTML')
  }
  assert.equal(visitor.count('POST /accounts/revoke-token'), 0)
  await page.reload()
  await page.getByRole('heading', { name: 'Update profile' }).waitFor()
  await page.evaluate(`go('/account/login')`)
  await signIn(visitor, email)
})

test('an Admin lists, adds, edits and deletes members', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  await enter(stage, visitor, 'admin@example.com', 'Admin')
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('listitem').filter({ hasText: 'admin@example.com Admin' }).waitFor()

  const added = {
    ...PERSON,
    Email: 'added@example.com',
    Password: PASSWORD,
    'Confirm password': PASSWORD,
    Role: 'User'
  }
  await page.evaluate(`go('/admin/users/add')`)
  await fillIn(page, added, 'Save')
  await message(visitor, 'User added')
  visitor.expect('409 POST /accounts')
  await page.evaluate(`go('/admin/users/add')`)
  await fillIn(page, added, 'Save')
  await message(visitor, 'already in use')

  await page.evaluate(`go('/admin/users')`)
  const line = page.getByRole('listitem').filter({ hasText: 'added@example.com' })
  await line.getByRole('button', { name: 'Edit' }).click()
  await eventually(async () => (await page.getByLabel('Email').inputValue()) === 'added@example.com')
  await fillIn(page, { 'Last name': 'Byron', Role: 'Admin' }, 'Save')
  await message(visitor, 'Update successful')
  await line.filter({ hasText: 'Ada Byron added@example.com Admin' }).waitFor()
  await line.getByRole('button', { name: 'Delete' }).click()
  await line.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('listitem').first().waitFor()
  assert.equal(await line.count(), 0)
})

test('a forgotten password is reset by the mailed link', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  const email = 'forgot@example.com'
  await enter(stage, visitor, email)
  await page.getByRole('button', { name: 'Logout' }).click()
  await page.evaluate(`go('/account/forgot-password')`)
  await fillIn(page, { Email: email }, 'Submit')
  await message(visitor, 'Please check your email')

  await page.goto(await linkTo(stage, email))
  await eventually(async () => (await page.locator('[name=token]').inputValue()) !== '')
  assert.equal(page.url(), `${stage.pages}/account/reset-password`)
  const password = 'a wholly new passphrase'
  await fillIn(page, { Password: password, 'Confirm password': password }, 'Reset password')
  await message(visitor, 'Password reset successful')
  await signIn(visitor, email, password)
})
