import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { type EmbeddedDatabase, startDatabase } from '../../../src/embedded/database.ts'
import { connectionOptions } from '../../../src/mysql/url.ts'
import { gone, isThere } from '../../support/children.ts'
import { eventually } from '../../support/eventually.ts'

const cacheDir = join(import.meta.dirname, '../../../.cache')
const scratch = mkdtempSync(join(tmpdir(), 'guildhall-embedded-'))
const owners = new Set<ChildProcess>()
after(async () => {
  for (const owner of owners) owner.kill('SIGKILL')
  // Whatever a failed test left running is taken over and stopped.
  for (const name of readdirSync(scratch)) {
    if (existsSync(join(scratch, name, 'mariadb/pid'))) await (await start(join(scratch, name))).stop()
  }
  rmSync(scratch, { recursive: true, force: true })
})

const dataDir = () => mkdtempSync(join(scratch, 'data-'))
const start = (folder: string) => startDatabase({ dataDir: folder, cacheDir, log: () => {} })

/** Another process that owns a server. */
async function owner(folder: string, kind: 'keep' | 'throw-away' = 'keep') {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'owner.ts'), folder, cacheDir, kind], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  owners.add(child)
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const exited = once(child, 'exit')
  const end = async (how: () => void) => {
    how()
    await exited
    owners.delete(child)
  }
  const started: Pick<EmbeddedDatabase, 'url' | 'pid' | 'description'> = JSON.parse(line)
  return {
    ...started,
    leave: () => end(() => child.stdin.end()),
    kill: () => end(() => child.kill('SIGKILL'))
  }
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const { connectionLimit: _, ...options } = connectionOptions(url)
  const connection = await createConnection({ ...options, rowsAsArray: true })
  try {
    const [rows] = await connection.query<RowDataPacket[][]>(statement)
    return Array.isArray(rows) ? rows.map(row => row[0]) : []
  } finally {
    await connection.end()
  }
}

const socketOf = (url: string) => new URL(url).searchParams.get('socket') ?? ''

suite('the embedded database', () => {
  test('starts from nothing, keeps its data between runs, and leaves no process', async () => {
    const folder = dataDir()
    const first = await start(folder)
    assert.match(first.description, /^(MariaDB|MySQL) \d+\.\d+\.\d+, socket \//)
    await query(first.url, 'create table kept (n int primary key)')
    await query(first.url, 'insert into kept values (7)')
    await first.stop()
    await first.stop() // asked twice, done once
    await gone(first.pid)
    const second = await start(folder)
    assert.deepEqual(await query(second.url, 'select n from kept'), [7])
    await second.stop()
    await gone(second.pid)
  })

  test('is private: no port, a socket in a folder that only this user enters', async () => {
    const folder = dataDir()
    const database = await start(folder)
    try {
      assert.deepEqual(await query(database.url, 'select @@skip_networking'), [1])
      assert.equal(statSync(join(socketOf(database.url), '..')).mode & 0o077, 0)
      assert.deepEqual(await query(database.url, 'select current_user()'), ['guildhall@localhost'])
      await assert.rejects(query(database.url, 'create database elsewhere'), /denied/)
    } finally {
      await database.stop()
    }
  })

  test('is shared by a second start, here and in another process; the last one to leave ends it', async () => {
    const folder = dataDir()
    const first = await start(folder)
    const second = await start(folder)
    const other = await owner(folder)
    assert.deepEqual([second.pid, other.pid], [first.pid, first.pid])
    await first.stop()
    await second.stop()
    assert.deepEqual(await query(other.url, 'select 1'), [1])
    await other.leave()
    await gone(first.pid)
  })

  test('starts once when several start at the same moment', async () => {
    const folder = dataDir()
    const [here, there, elsewhere] = await Promise.all([start(folder), owner(folder), owner(folder)])
    assert.deepEqual([there.pid, elsewhere.pid], [here.pid, here.pid])
    await Promise.all([there.leave(), elsewhere.leave()])
    assert.deepEqual(await query(here.url, 'select 1'), [1])
    await here.stop()
    await gone(here.pid)
  })

  test('comes back with its data after a kill -9 of the server', async () => {
    const folder = dataDir()
    const first = await start(folder)
    await query(first.url, 'create table kept (n int primary key)')
    await query(first.url, 'insert into kept values (7)')
    process.kill(first.pid ?? 0, 'SIGKILL')
    await gone(first.pid)
    const second = await start(folder)
    assert.notEqual(second.pid, first.pid)
    assert.deepEqual(await query(second.url, 'select n from kept'), [7])
    await first.stop()
    assert.deepEqual(
      await query(second.url, 'select 1'),
      [1],
      'the first one’s leave does not take the second’s server'
    )
    await second.stop()
    await gone(second.pid)
  })

  test('is taken over after a kill -9 of its owner, and then ends with the one who took it', async () => {
    const folder = dataDir()
    const killed = await owner(folder)
    await killed.kill()
    assert(isThere(killed.pid), 'a server in a session of its own outlives its owner')
    const heir = await start(folder)
    assert.equal(heir.pid, killed.pid)
    await heir.stop()
    await gone(killed.pid)
  })
})

suite('a throw-away database', () => {
  test('is gone with its folder when it is stopped', async () => {
    const database = await startDatabase({ dataDir: dataDir(), cacheDir, throwAway: true, log: () => {} })
    await query(database.url, 'create database anything')
    await database.stop()
    await gone(database.pid)
    assert(!existsSync(join(socketOf(database.url), '..')))
  })

  test('is gone with its folder after a kill -9 of its owner', async () => {
    const killed = await owner(dataDir(), 'throw-away')
    assert(isThere(killed.pid))
    await killed.kill()
    await gone(killed.pid)
    const folder = join(socketOf(killed.url), '..')
    await eventually(() => !existsSync(folder), `${folder} is gone`)
  })

  test('is one for each who asks', async () => {
    const [one, other] = await Promise.all([owner(dataDir(), 'throw-away'), owner(dataDir(), 'throw-away')])
    assert.notEqual(one.pid, other.pid)
    await Promise.all([one.leave(), other.leave()])
    await Promise.all([gone(one.pid), gone(other.pid)])
  })
})
