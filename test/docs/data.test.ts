import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { EVENTS } from '../../src/audit/table.ts'
import { Environment } from '../../src/environment.ts'
import { AccessClaims } from '../../src/sessions/access-token.ts'
import { createTestDatabase } from '../support/database.ts'

// Documents that say what the program holds, held against it.

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

// ASVS V14.1.1, V14.1.2
test('every column and every claim of an access token has a class in docs/data.md', async t => {
  const database = await createTestDatabase()
  t.after(() => database.destroy())
  const { rows } = await sql<{ name: string }>`
    select concat(table_name, '.', column_name) as name from information_schema.columns
    where table_schema = database() and table_name not like 'kysely%'`.execute(database.db)
  const listed = [...read('docs/data.md').matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name)
  assert.deepEqual(listed.toSorted(), rows.map(({ name }) => name).toSorted())
  const paragraph = read('docs/data.md')
    .split('\n\n')
    .find(text => text.startsWith('An access token holds'))
  assert(paragraph)
  const claims = [...paragraph.matchAll(/`(\w+)`/g)].map(([, name]) => name)
  assert.deepEqual(claims.toSorted(), Object.keys(AccessClaims.properties).toSorted())
})

// ASVS V13.1.2, V13.1.3, V15.1.3, V15.1.4, V15.1.5
test('the limits in docs/resources.md are those of the code', () => {
  const rows = [...read('docs/resources.md').matchAll(/\| `(\w+ = [\w.]+)`[^|]*\| `([^`]+)` \|/g)]
  assert(rows.length >= 15)
  const wrong = rows.filter(([, constant = '', file = '']) => !new RegExp(`\\bconst ${constant}\\b`).test(read(file)))
  assert.deepEqual(
    wrong.map(([, constant, file]) => `${file}: ${constant}`),
    []
  )
})

// ASVS V7.1.1, V7.1.2
test('the lifetimes in docs/resources.md are those of the configuration', () => {
  const rows = [...read('docs/resources.md').matchAll(/^\| `([A-Z_]+)` \| `(\w+)` \|/gm)]
  const defaults = Object.entries(Environment.properties).flatMap(([name, { default: unset }]) =>
    /_TTL$|^MAX_SESSIONS$|^REAUTH_WINDOW$/.test(name) ? [[name, unset]] : []
  )
  assert.deepEqual(
    new Map(rows.map(([, name, unset]) => [name, unset])),
    new Map(defaults.map(([name, unset]) => [name, unset]))
  )
})

// ASVS V16.1.1
test('the events in docs/data.md are those that can be recorded', () => {
  const listed = [...read('docs/data.md').matchAll(/^- `(\w+)`$/gm)].map(([, event]) => event)
  assert.deepEqual(listed, [...EVENTS])
})
