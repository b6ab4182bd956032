import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createClient, registration } from '../support/client.ts'

const app = await createTestApp({}, { texts: { en: { product: 'The Club' }, fr: { product: 'Le Club' } } })

async function mailFor(language: string) {
  const email = `${language.slice(0, 2)}@example.com`
  await createClient(app.server).post('/register', registration(email), { headers: { 'accept-language': language } })
  return await app.mail.next(email)
}

test('mail is written in the language that the member’s client asks for', async () => {
  const german = await mailFor('de-AT,de;q=0.9,en;q=0.5')
  assert.match(german.html, /<html[^>]* lang="de"/)
  assert.match(german.headers, /^Content-Language: de\r?$/m)
  assert.match((await mailFor('xx')).html, /<html[^>]* lang="en"/)
})

test('a host application brings its own wording and its own languages', async () => {
  assert.match((await mailFor('en')).html, /The Club/)
  const french = await mailFor('fr-CH')
  assert.match(french.html, /<html[^>]* lang="fr"/)
  assert.match(french.html, /Le Club/)
})
