import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'

const MOST = 10 // docs/resources.md

// ASVS V13.2.6
test('under load an instance has ten connections and no more, and every request is served', async () => {
  const app = await createTestApp()
  const member = await createMember(app)
  let most = 0
  let over = false
  const watch = async () => {
    while (!over) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from information_schema.processlist
        where db = ${app.database.name}`.execute(app.db)
      most = Math.max(most, Number(rows[0]?.count))
    }
  }
  const watching = watch()
  const answers = await Promise.all(Array.from({ length: 300 }, () => member.get(`/${member.id}`)))
  over = true
  await watching
  assert(answers.every(({ status }) => status === 200))
  assert(most > MOST / 2 && most <= MOST + 1, `${most} connections, the watcher's own among them`)
})
