import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Environment } from '../../src/environment.ts'
import { KEY_PURPOSES } from '../../src/tokens/keyring.ts'
import { readSources } from '../support/sources.ts'

const text = readFileSync(join(import.meta.dirname, '../../docs/keys.md'), 'utf8')

/** The words in code in the first column of the table whose first heading is `name`. */
function column(name: string): string[] {
  const [, rows = ''] = new RegExp(`^\\| ${name} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(text) ?? []
  const cells = rows
    .trim()
    .split('\n')
    .map(row => row.split('|')[1] ?? '')
  return cells.flatMap(cell => [...cell.matchAll(/`(\w[\w-]*)`/g)].map(([, word = '']) => word)).toSorted()
}

// ASVS V11.1.1
test('every secret of the configuration, and every key that is derived, is in the document', () => {
  // Addresses with a password in them, keys and secrets; those of the web have none.
  const secret = (name: string) => /(_URL|KEYS?|SECRET|TOKEN|PASSWORD)$/.test(name) && !/^(PUBLIC|CLIENT)_/.test(name)
  assert.deepEqual(column('secret'), Object.keys(Environment.properties).filter(secret).toSorted())
  assert.deepEqual(column('purpose'), [...KEY_PURPOSES].toSorted())
})

// ASVS V13.1.4
test('each secret of the configuration has its time', () => {
  const rows = [...text.matchAll(/^\| `[A-Z_]+` \| [^|]+ \| ([^|]+) \|/gm)].map(([, when = '']) => when)
  assert.equal(rows.length, column('secret').length)
  for (const when of rows) assert.match(when, /every|once a|by the rules of/)
})

// ASVS V11.1.4
test('it says what becomes of the algorithms when there are quantum computers', () => {
  assert.match(text, /post-quantum/)
})

// ASVS V11.1.2 V11.1.3
test('the cryptographic functions in the document are those that the sources use', () => {
  const used = readSources('{src,plugins}/**/*.ts')
    .flatMap(({ imports }) => imports)
    .filter(({ to }) => to === 'node:crypto' || to === '@node-rs/argon2')
    .flatMap(({ names }) => names)
  assert(used.length > 20)
  assert.deepEqual(column('function'), [...new Set(used)].toSorted())
})
