import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import mailboxPage from '../../plugins/mailbox.ts'
import type { MailboxMessage } from '../../src/embedded/mailbox.ts'
import { takePictures } from './support/pictures.ts'
import { assertShape } from './support/shape.ts'
import { createStage } from './support/stage.ts'

// The pages that only a development server has, in the looks of the web client. axe is not asked about /docs: what it says
// there is about Swagger UI's own controls.

const message = (id: string, to: string, subject: string, script = ''): MailboxMessage => ({
  id,
  to,
  subject,
  text: `${subject}, in plain text`,
  html: `<html><head><title>x</title></head><body><h1>${subject}</h1>${script}</body></html>`,
  date: '2026-11-23T08:08:00.000Z',
  messageId: `<${id}@example.com>`
})
const messages = [
  message('2-b', 'bob@example.com', 'Reset it'),
  message('1-a', 'ada@example.com', 'Confirm it', '<script>alert(1)</script>')
]
const mailbox = {
  smtpUrl: 'smtp://127.0.0.1:1',
  list: async (to?: string) => messages.filter(sent => !to || sent.to.includes(to)),
  stop: async () => {}
}
const stage = await createStage('one-origin', {
  config: { DOCS: 'on' },
  more: async server => server.register(mailboxPage, { mailbox, publicUrl: 'http://localhost' })
})

suite('the mailbox', () => {
  test('shows mail as HTML and as text, runs none of its scripts, and is found by its recipient', async t => {
    const { page, expect } = await stage.visit(t)
    expect(/console error: Blocked script execution .*sandboxed/)
    await page.goto('/dev/mailbox')
    await page.getByRole('button', { name: /Confirm it/ }).click()
    await page.frameLocator('iframe').getByRole('heading', { name: 'Confirm it' }).waitFor()
    await page.getByRole('button', { name: 'Text' }).click()
    await page.getByText('Confirm it, in plain text').waitFor()
    await page.getByLabel('Recipient contains').fill('bob')
    await page.getByText('1 message').waitFor()
    assert.equal(await page.getByRole('button', { name: /Confirm it/ }).count(), 0)
  })

  test('is accessible, and fits a phone', async t => {
    const { page } = await stage.visit(t)
    await page.goto('/dev/mailbox')
    await page.getByRole('button', { name: /Reset it/ }).waitFor()
    await assertShape(page, 'mailbox')
  })
})

suite('the API documentation', () => {
  test('calls the API, and leads to the other pages', async t => {
    const { page } = await stage.visit(t)
    await page.goto('/docs')
    await page.getByText('Wake-up ping').click()
    await page.getByRole('button', { name: 'Schemas' }).waitFor()
    assert.equal(await page.locator('.model-container').count(), 0, 'schemas are folded')
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.getByText('Hello from Guildhall.').first().waitFor()
    await takePictures(page, 'docs')
    await page.getByRole('link', { name: 'Mailbox' }).click()
    await page.getByRole('heading', { name: 'Mailbox' }).waitFor()
  })
})
