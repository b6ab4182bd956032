import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type createClient, createMember, PASSWORD } from '../../support/client.ts'
import { createStage, type Stage } from './stage.ts'
import type { Visitor } from './visitor.ts'

export const FOLDER = join(import.meta.dirname, '../existing-client')

/** The client of the reference system on an origin of its own, and every limit on. */
export async function stageExistingClient(): Promise<Stage> {
  return await createStage('two-origins', { folder: FOLDER, config: { RATE_LIMIT: 'on' } })
}

/** The client starts at a path without a session: it asks for one, is refused, and does not catch that. */
export async function start({ page, expect }: Visitor, path = '/account/login'): Promise<void> {
  expect('401 POST /accounts/refresh-token')
  expect('page error: Please sign in.')
  await page.goto(path)
  await page.locator('h1').waitFor()
}

export async function fillIn(page: Page, fields: Record<string, string>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true })
    if (label === 'Role') await field.selectOption(value)
    else await field.fill(value)
  }
  await page.getByRole('button', { name: button, exact: true }).click()
}

/** By its form, until it shows the profile of whoever signed in. */
export async function signIn({ page }: Visitor, email: string, password = PASSWORD): Promise<void> {
  await fillIn(page, { Email: email, Password: password }, 'Login')
  await page.getByRole('heading', { name: 'My profile' }).waitFor()
  assert.equal(await page.locator('[data-field=email]').textContent(), email)
}

/** A member who is there already, in a browser of their own. */
export async function enter(stage: Stage, visitor: Visitor, email: string, role: 'User' | 'Admin' = 'User') {
  await createMember(stage, { email, role, login: false })
  await start(visitor)
  await signIn(visitor, email)
}

/** The link in the newest mail to an address. */
export async function linkTo(stage: Stage, email: string): Promise<string> {
  const { text } = await stage.mail.next(email)
  return /http\S+[?&]token=\S+/.exec(text)?.[0] ?? assert.fail(`no link in ${text}`)
}

export async function message({ page }: Visitor, text: string | RegExp): Promise<void> {
  await page.getByRole('alert').filter({ hasText: text }).waitFor()
}

/** An Admin beside the browser. */
export async function createAdmin(stage: Stage): Promise<ReturnType<typeof createClient>> {
  return await createMember(stage, { email: `admin${Math.trunc(performance.now())}@example.com`, role: 'Admin' })
}
