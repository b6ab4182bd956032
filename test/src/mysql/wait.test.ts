import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { describeDatabase, waitForDatabase } from '../../../src/mysql/wait.ts'
import { createTestDatabase } from '../../support/database.ts'
import { startProxy } from '../../support/proxy.ts'

const database = await createTestDatabase({ migrated: false })
after(() => database.destroy())
const proxy = await startProxy()
after(() => proxy.stop())
const url = proxy.url(database.name)

/** What is said while waiting. */
async function waited(address: string, patience?: number): Promise<string[]> {
  const lines: string[] = []
  await waitForDatabase(address, line => void lines.push(line), patience)
  return lines
}

test('a database that is there is not waited for', async () => {
  assert.deepEqual(await waited(url), [])
})

test('a database that comes up later is waited for, and that is said once', async () => {
  await proxy.refuse()
  setTimeout(() => void proxy.heal(), 700)
  const lines = await waited(url)
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /waiting for 127\.0\.0\.1:\d+\/guildhall_test_\S+ \(/)
})

test('one that stays away ends the start with its address and the name to check, without the password', async () => {
  await proxy.refuse()
  const withPassword = new URL(url)
  withPassword.password = 'hunter2-hunter2'
  await assert.rejects(waited(withPassword.href, 200), ({ message }: Error) => {
    assert.match(
      message,
      /^The database 127\.0\.0\.1:\d+\/\S+ does not let us in: .*ECONNREFUSED.*\nCheck DATABASE_URL\.$/
    )
    assert(!message.includes('hunter2'))
    return true
  })
  await proxy.heal()
})

test('a refused login or an unknown database is not waited for', async () => {
  const wrong = new URL(url)
  wrong.password = 'wrong'
  const elsewhere = new URL(url)
  elsewhere.pathname = '/no_such_database'
  for (const address of [wrong.href, elsewhere.href]) {
    const lines: string[] = []
    await assert.rejects(
      waitForDatabase(address, line => void lines.push(line)),
      /does not let us in/
    )
    assert.deepEqual(lines, [])
  }
})

test('a database is described by its address or socket, and never by who uses it', () => {
  assert.equal(describeDatabase('mysql://u:secret@db.internal/members?ssl=verify'), 'db.internal:3306/members')
  assert.equal(
    describeDatabase('mysql://u:secret@localhost/members?socket=/run/db.sock'),
    'members at socket /run/db.sock'
  )
})
