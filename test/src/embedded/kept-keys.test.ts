import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../../src/config.ts'
import { keepKeys } from '../../../src/embedded/kept-keys.ts'
import { generateSigningKey, readSigningKeys } from '../../../src/tokens/signing-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'guildhall-kept-'))
after(() => rmSync(folder, { recursive: true }))
const keep = (DATA_DIR: string, given = {}) => keepKeys(readConfig({ DATA_DIR, ...given }))

test('keys are generated once, also by two first starts at once, for this user alone; the signing key as a file', async () => {
  const home = join(folder, 'data')
  const kept = await Promise.all([keep(home), keep(home)])
  assert.deepEqual(kept[0], kept[1])
  assert.deepEqual(await keep(home), kept[0])
  assert.equal(kept[0].JWT_PRIVATE_KEYS, join(home, 'signing-key.pem'))
  assert.equal(readSigningKeys(kept[0].JWT_PRIVATE_KEYS).length, 1)
  for (const name of ['signing-key.pem', 'secret']) assert.equal(statSync(join(home, name)).mode & 0o777, 0o600)
})

test('what is configured is taken as it is; a folder with a comma does not become two paths', async () => {
  const given = { JWT_PRIVATE_KEYS: generateSigningKey(), SECRET: readFileSync(join(folder, 'data/secret'), 'utf8') }
  assert.deepEqual(await keep(join(folder, 'unused'), given), given)
  const { JWT_PRIVATE_KEYS } = await keep(join(folder, 'this, or that'))
  assert.equal(readSigningKeys(JWT_PRIVATE_KEYS).length, 1)
})
