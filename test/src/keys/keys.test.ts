import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../../src/config.ts'
import { rotateKeys } from '../../../src/keys/keys.ts'
import { readKeys, writeKeys } from '../../../src/tokens/key-file.ts'
import { PUBLISHED_FOR } from '../../../src/tokens/rotation.ts'
import { generateSigningKey, readSigningKeys } from '../../../src/tokens/signing-keys.ts'
import { createTestApp } from '../../support/app.ts'
import { runCli } from '../../support/cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'guildhall-keys-'))
after(() => rmSync(folder, { recursive: true }))
const app = await createTestApp()

let files = 0
function newFile(text = generateSigningKey()): string {
  const file = join(folder, `${++files}.pem`)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}
/** A file whose next key is published for long enough. */
function ripeFile(): string {
  const since = new Date(Date.now() - PUBLISHED_FOR)
  const states = ['current', 'next'] as const
  return newFile(writeKeys(states.map(state => ({ pem: generateSigningKey(), state, since }))))
}

const cli = (file: string, ...args: string[]) => runCli({ ...app.config, JWT_PRIVATE_KEYS: file }, 'keys', ...args)
const statesOf = (file: string) => readKeys(readFileSync(file, 'utf8')).map(({ state }) => state)
const events = async () =>
  await app.db.selectFrom('audit_events').selectAll().where('event', '=', 'signing_key_rotated').orderBy('id').execute()

// ASVS V11.6.1
test('keys rotate: the next key signs, it is said and recorded, and no private key is shown', async () => {
  const file = ripeFile()
  const [current, next] = readSigningKeys(file)
  const shown = await cli(file, 'rotate')
  const after = readSigningKeys(file)
  assert.deepEqual(
    after.map(({ state }) => state),
    ['current', 'next', 'previous']
  )
  assert.deepEqual([after[0]?.kid, after[2]?.kid], [next?.kid, current?.kid])
  for (const { kid, state } of after) assert.match(shown, new RegExp(`^${state} +${kid} since \\d{4}-`, 'm'))
  assert.match(shown, /running servers read it within 30 s, without a restart/)
  assert.doesNotMatch(shown, /PRIVATE|MIG/)
  const [event] = await events()
  assert.deepEqual([event?.actor_id, event?.subject_id, event?.request_id], [null, null, 'cli keys rotate'])
  assert.deepEqual(JSON.parse(event?.detail ?? ''), {
    done: 'rotated',
    manner: 'gently',
    keys: after.map(({ kid, state }) => ({ kid, state }))
  })
})

test('a key that is not published for long enough does not sign: it is said how long to wait, and nothing changes', async () => {
  const file = newFile()
  assert.match(await cli(file, 'rotate'), /one is published now, and the current one goes on signing/)
  const before = readFileSync(file, 'utf8')
  await assert.rejects(cli(file, 'rotate'), ({ code, stderr }: { code: number; stderr: string }) => {
    assert.equal(code, 1)
    assert.match(stderr, /^the next key is not known everywhere yet: .* in 3\d\d s \(or --force\)\n$/)
    return true
  })
  assert.equal(readFileSync(file, 'utf8'), before)
  const [, next] = readSigningKeys(file)
  await cli(file, 'rotate', '--force')
  assert.equal(readSigningKeys(file)[0]?.kid, next?.kid)
  const [, forced] = (await events()).slice(-2).map(({ detail }) => JSON.parse(detail ?? ''))
  assert.deepEqual([forced.done, forced.manner], ['rotated', 'forced'])
})

test('keys rotate --leaked leaves nothing of what may have leaked', async () => {
  const file = ripeFile()
  const before = readSigningKeys(file).map(({ kid }) => kid)
  await cli(file, 'rotate', '--leaked')
  assert.deepEqual(statesOf(file), ['current', 'next'])
  for (const { kid } of readSigningKeys(file)) assert(!before.includes(kid))
})

test('without a database keys rotate all the same, and it is said that nothing was recorded', async () => {
  const file = ripeFile()
  const DATABASE_URL = app.config.DATABASE_URL?.replace(/\/guildhall_test\w+/, '/not_there') ?? ''
  const shown = await runCli({ ...app.config, JWT_PRIVATE_KEYS: file, DATABASE_URL }, 'keys', 'rotate')
  assert.match(shown, /not recorded in the audit trail: The database .*not_there/)
  assert.deepEqual(statesOf(file), ['current', 'next', 'previous'])
})

test('keys lists kid, state and since when, and which secret the password hashes need', async () => {
  const file = ripeFile()
  const shown = await cli(file)
  for (const { kid, state } of readSigningKeys(file)) assert.match(shown, new RegExp(`^${state} +${kid} since`, 'm'))
  assert.match(shown, /^password hashes under the first secret of SECRET: 0, under another: 0, under none: 0$/m)
  assert.match(await cli(newFile(), 'list'), /^current {2}[\w-]{43}$/m)
})

test('keys that stand in the environment go to a file of their own, whose path is said, and not to the screen', async () => {
  const DATA_DIR = join(folder, 'data')
  const JWT_PRIVATE_KEYS = `${generateSigningKey()},${generateSigningKey()}`
  const config = { ...app.config, DATA_DIR, JWT_PRIVATE_KEYS }
  const shown = await runCli(config, 'keys', 'rotate')
  const file = join(DATA_DIR, 'signing-keys.pem')
  assert(shown.includes(`written to ${file}: set JWT_PRIVATE_KEYS to this path`))
  assert.doesNotMatch(shown, /PRIVATE KEY|MIG/)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const [current, old] = readSigningKeys(JWT_PRIVATE_KEYS)
  const kept = readSigningKeys(file)
  assert.deepEqual([kept[0]?.kid, kept[2]?.kid, kept.length], [current?.kid, old?.kid, 3])
  await assert.rejects(runCli(config, 'keys', 'rotate'), /signing-keys\.pem is there: set JWT_PRIVATE_KEYS/)
  assert.deepEqual(readdirSync(DATA_DIR), ['signing-keys.pem'])
  // Whoever keeps the text of that file in the environment says which key is which with it.
  const next = { ...config, DATA_DIR: join(folder, 'next'), JWT_PRIVATE_KEYS: readFileSync(file, 'utf8') }
  await assert.rejects(runCli(next, 'keys', 'rotate'), /is not known everywhere yet/)
})

test('of several files the one that holds the signing key changes', async () => {
  const [first, second] = [ripeFile(), newFile()]
  const before = readFileSync(second, 'utf8')
  await rotateKeys(readConfig({}), () => new Date(), `${first},${second}`, 'gently')
  assert.deepEqual(statesOf(first), ['current', 'next', 'previous'])
  assert.equal(readFileSync(second, 'utf8'), before)
})

test('two rotations at once lose no key, and no key signs that was not published', async () => {
  for (let round = 0; round < 20; round++) {
    const file = ripeFile()
    const before = readSigningKeys(file).map(({ kid }) => kid)
    const both = [0, 1].map(() => rotateKeys(readConfig({}), () => new Date(), file, 'gently'))
    const outcomes = await Promise.allSettled(both)
    assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    const kids = readSigningKeys(file).map(({ kid }) => kid)
    assert.deepEqual([kids[0], kids[2], kids.length], [before[1], before[0], 3])
  }
})

test('a generated key rotates in its folder, and a word that is none is refused', async () => {
  const { JWT_PRIVATE_KEYS: _, ...config } = { ...app.config, DATA_DIR: join(folder, 'generated') }
  await runCli(config, 'keys')
  await runCli(config, 'keys', 'rotate')
  assert.deepEqual(statesOf(join(folder, 'generated/signing-key.pem')), ['current', 'next'])
  const wrong = [['rotat'], ['list', '--force'], ['rotate', '--forced'], ['rotate', '--force', 'x']]
  await Promise.all(wrong.map(args => assert.rejects(cli(newFile(), ...args), /usage:/)))
})
