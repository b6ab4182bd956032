import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, beforeEach, suite, test } from 'node:test'
import { startDatabase } from '../../../src/embedded/database.ts'
import { fetchedEnvironment, findPrograms, missingServer } from '../../../src/embedded/find.ts'

// A PATH that holds only what a test puts there. What the machine has installed elsewhere may be found after it.
const scratch = mkdtempSync(join(tmpdir(), 'guildhall-find-'))
const bin = join(scratch, 'bin')
const cacheDir = join(scratch, 'cache')
const dataDir = join(scratch, 'data')
const { PATH } = process.env
const canFetch = existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg')

beforeEach(() => {
  for (const folder of [bin, cacheDir, dataDir]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(bin, { recursive: true })
  process.env.PATH = bin
})
after(() => {
  process.env.PATH = PATH
  rmSync(scratch, { recursive: true, force: true })
})

function program(file: string, says: string, code = 0): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho "${says}"\nexit ${code}\n`, { mode: 0o755 })
  return file
}

/** A MariaDB as it is installed: the program, and its SQL files beside it. */
function mariadb(prefix: string, folder: string, version = '10.11.6'): string {
  mkdirSync(join(prefix, 'share/mysql'), { recursive: true })
  writeFileSync(join(prefix, 'share/mysql/mysql_system_tables.sql'), '')
  const name = join(prefix, folder, 'mariadbd')
  return program(name, `${name}  Ver ${version}-MariaDB for Linux on x86_64`)
}

const mysql = (version: string) => program(join(bin, 'mysqld'), `mysqld  Ver ${version} for Linux on x86_64`)

/** The programs of this test that are found, in order, and why others were passed over. */
async function find(): Promise<{ found: string[]; reasons: string[]; lines: string[] }> {
  const found: string[] = []
  const reasons: string[] = []
  const lines: string[] = []
  for await (const { program } of findPrograms(cacheDir, reasons, line => lines.push(line))) {
    if (program.startsWith(scratch)) found.push(program)
  }
  return { found, reasons: reasons.filter(reason => reason.includes(scratch)), lines }
}

suite('the server of npm start', () => {
  test('is an installed MariaDB, else an installed MySQL, else one that was fetched', async () => {
    const installed = mariadb(scratch, 'bin')
    const other = mysql('8.4.6')
    const fetched = mariadb(join(cacheDir, 'mariadb/usr'), 'sbin')
    const { found, reasons } = await find()
    assert.deepEqual(found, canFetch ? [installed, other, fetched] : [installed, other])
    assert.deepEqual(reasons, [])
  })

  test('is not fetched while an installed one serves', async () => {
    const installed = mariadb(scratch, 'bin')
    const lines: string[] = []
    const { value } = await findPrograms(cacheDir, [], line => lines.push(line)).next()
    assert.equal(value?.program, installed)
    assert.deepEqual(lines, [])
    assert(!existsSync(cacheDir))
  })

  test('is none that is too old, does not run, or came without its files, and the reason is kept', async () => {
    mariadb(scratch, 'bin', '10.5.28')
    mysql('5.7.44')
    program(join(cacheDir, 'mariadb/usr/sbin/mariadbd'), 'libaio.so.1: cannot open shared object file', 127)
    const { found, reasons } = await find()
    assert.deepEqual(found, [])
    assert.deepEqual(reasons, [
      `${bin}/mariadbd is version 10.5.28, older than 10.11`,
      `${bin}/mysqld is version 5.7.44, older than 8.0`,
      ...(canFetch
        ? [`${cacheDir}/mariadb/usr/sbin/mariadbd does not run (libaio.so.1: cannot open shared object file)`]
        : [])
    ])
  })

  // Data of an engine that no machine has: whatever is installed is passed over as well.
  const startOnForeignData = (engine: string) => {
    mkdirSync(join(dataDir, 'mariadb/data'), { recursive: true })
    writeFileSync(join(dataDir, 'mariadb/data/guildhall.json'), JSON.stringify({ kind: engine, version: '99.0.0' }))
    return startDatabase({ dataDir, cacheDir, log: () => {} })
  }

  test('is a container only when no program serves, and where there is none either, one message says why', async () => {
    mariadb(scratch, 'bin')
    mariadb(join(cacheDir, 'mariadb/usr'), 'sbin')
    program(join(bin, 'docker'), 'Cannot connect to the Docker daemon', 1)
    await assert.rejects(startOnForeignData('mariadb'), ({ message }: Error) => {
      const order = [`which ${bin}/mariadbd`, ...(canFetch ? [`which ${cacheDir}`] : []), 'no Docker engine answers']
      const places = order.map(words => message.indexOf(words))
      assert(!places.includes(-1), message)
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b)
      )
      assert.match(message, /the data in \S+ are of mariadb 99\.0\.0/)
      return true
    })
  })

  test('is the container first where a container made the data', async () => {
    mariadb(scratch, 'bin')
    program(join(bin, 'docker'), 'Cannot connect to the Docker daemon', 1)
    mkdirSync(join(dataDir, 'mariadb/container'), { recursive: true })
    writeFileSync(join(dataDir, 'mariadb/container/initialised'), '')
    await assert.rejects(
      startOnForeignData('mysql'),
      /^Error: No database server: no Docker engine answers; the data in/
    )
  })
})

test('the message names every reason, one command for this system, and the way around it', () => {
  const lines = missingServer(['nothing is installed', 'Docker is not installed']).message.split('\n')
  assert.equal(lines[0], 'No database server: nothing is installed; Docker is not installed.')
  assert.match(lines[1] ?? '', /^Install one and start again: {2}(brew|sudo apt-get|sudo dnf|docker) \S/)
  assert.match(lines[2] ?? '', /DATABASE_URL/)
  assert.equal(lines.length, 3)
})

test('a fetched program finds its libraries, and those that they keep in folders of their own', async () => {
  const [libraries, own] = ['usr/lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu/pulseaudio'].map(name =>
    join(scratch, name)
  )
  for (const [folder = '', name] of [
    [libraries, 'libpulse.so.0'],
    [own, 'libpulsecommon-16.1.so'],
    [join(scratch, 'usr/lib/x86_64-linux-gnu/pkgconfig'), 'libpulse.pc']
  ]) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name ?? ''), '')
  }
  process.env.LD_LIBRARY_PATH = '/of/the/machine'
  try {
    assert.equal((await fetchedEnvironment(scratch)).LD_LIBRARY_PATH, `${libraries}:${own}:/of/the/machine`)
  } finally {
    delete process.env.LD_LIBRARY_PATH
  }
})
