import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { gone, isThere } from '../support/children.ts'
import { bareEnvironment } from '../support/environment.ts'
import { eventually } from '../support/eventually.ts'

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
    env: { ...bareEnvironment(), DATA_DIR, PORT: String(port), LOG_LEVEL: 'warn' },
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
