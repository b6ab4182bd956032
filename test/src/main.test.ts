import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { freePort } from '../../src/embedded/ports.ts'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import { gone, isThere } from '../support/children.ts'
import { createTestDatabase } from '../support/database.ts'
import { bareEnvironment } from '../support/environment.ts'
import { eventually } from '../support/eventually.ts'
import { startMailServer } from '../support/mail.ts'

const ROOT = join(import.meta.dirname, '../..')

test('a port that is taken ends the start: it says which one, and how to go on, and leaves nothing running', async () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'guildhall-main-'))
  after(() => rmSync(DATA_DIR, { recursive: true, force: true }))
  const holder = createServer()
  after(() => holder.close())
  await new Promise<void>(resolve => holder.listen(0, '127.0.0.1', resolve))
  const address = holder.address()
  assert(typeof address === 'object' && address)
  const { port } = address

  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: { ...bareEnvironment(), WEB_CLIENT: 'off', DATA_DIR, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  const pidFile = join(DATA_DIR, 'mariadb/pid')
  const database = await eventually(() => existsSync(pidFile) && (Number(readFileSync(pidFile, 'utf8')) || undefined))
  after(() => isThere(database) && process.kill(database, 'SIGKILL'))
  assert(isThere(database))

  const [[code], stdout, stderr] = await ended
  assert.equal(code, 1)
  assert.equal(stderr.trim(), `Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`)
  assert.doesNotMatch(stdout, /ready/)
  await gone(database)
})

// ASVS V16.5.4
for (const [event, breaks] of [
  ['uncaughtException', "() => { throw new Error('nobody expected this') }"],
  ['unhandledRejection', "() => { void Promise.reject(new Error('nobody expected this')) }"]
])
  test(`${event}: it is logged, and the process ends with 1, for its supervisor to start afresh`, async () => {
    const database = await createTestDatabase()
    const mail = await startMailServer()
    after(async () => {
      await mail.stop()
      await database.destroy()
    })
    const port = await freePort()
    const hook = `data:text/javascript,process.on('SIGUSR2', ${breaks})`
    const child = spawn(process.execPath, ['--import', hook, 'src/main.ts'], {
      cwd: ROOT,
      env: {
        ...bareEnvironment(),
        WEB_CLIENT: 'off',
        DATABASE_URL: database.url,
        SMTP_URL: mail.url,
        JWT_PRIVATE_KEYS: generateSigningKey(),
        SECRET: randomBytes(48).toString('base64'),
        PORT: String(port),
        LOG_LEVEL: 'warn'
      },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
    const ready = `http://127.0.0.1:${port}/health/ready`
    await eventually(
      async () =>
        await fetch(ready).then(
          ({ ok }) => ok,
          () => false
        )
    )
    child.kill('SIGUSR2')
    const [[code], stdout, stderr] = await ended
    assert.equal(code, 1)
    assert.match(stdout + stderr, new RegExp(`${event}[^]*nobody expected this|nobody expected this[^]*${event}`))
  })
