import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { type Kysely, sql } from 'kysely'
import { type Clock, MINUTE, systemClock } from '../../../src/clock.ts'
import { newId } from '../../../src/ids.ts'
import { migrate } from '../../../src/mysql/migrate.ts'
import { runCli } from '../../support/cli.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { bareEnvironment } from '../../support/environment.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MIGRATIONS = [
  '0001-foundation',
  '0002-last-login',
  '0003-security',
  '0004-who-asked',
  '0005-code-addresses',
  '0006-limit-counters',
  '0007-proven-address',
  '0008-waiting-mail'
]
const TABLES = [
  'accounts',
  'audit_events',
  'claims',
  'code_tries',
  'kysely_migration',
  'kysely_migration_lock',
  'limit_counters',
  'one_time_tokens',
  'outbox',
  'sessions'
]

async function empty(): Promise<TestDatabase> {
  const database = await createTestDatabase({ migrated: false })
  after(() => database.destroy())
  return database
}

const run = async (url: string, direction: 'up' | 'down' = 'up', more: { folder?: string; clock?: Clock } = {}) => {
  const lines: string[] = []
  const { done } = await migrate(url, { direction, clock: systemClock, log: line => void lines.push(line), ...more })
  return { done, lines }
}

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-migrations-'))
  after(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

async function tablesOf({ db }: TestDatabase): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = database() order by table_name`.execute(db)
  return rows.map(({ name }) => name)
}

async function schemaOf({ db }: TestDatabase): Promise<string> {
  let text = ''
  for (const table of TABLES) {
    const { rows } = await sql<Record<string, string>>`show create table ${sql.table(table)}`.execute(db)
    text += rows[0]?.['Create Table']
  }
  return text
}

test('up, down and up again give the same schema', async () => {
  const database = await empty()
  assert.deepEqual((await run(database.url)).done, MIGRATIONS)
  assert.deepEqual(await tablesOf(database), TABLES)
  const schema = await schemaOf(database)
  assert.deepEqual((await run(database.url)).done, [])
  for (const name of MIGRATIONS.toReversed()) assert.deepEqual((await run(database.url, 'down')).done, [name])
  assert.deepEqual(await tablesOf(database), ['claims', 'kysely_migration', 'kysely_migration_lock'])
  await run(database.url)
  assert.equal(await schemaOf(database), schema)
})

test('down gives back the right to be the first Admin, with the accounts that took it', async () => {
  const database = await empty()
  await run(database.url)
  await database.db
    .insertInto('claims')
    .values({ name: 'first-admin', owner: newId(systemClock), until: null })
    .execute()
  for (const _ of MIGRATIONS) await run(database.url, 'down')
  assert.deepEqual(await database.db.selectFrom('claims').select('name').execute(), [])
})

test('of several migrators at once one runs, the others wait for it', async () => {
  const database = await empty()
  const folder = await folderWith({
    '0001-slow.ts': `export const up = async db => { await db.schema.createTable('slow').addColumn('id', 'integer').execute()
      await new Promise(resolve => setTimeout(resolve, 600)) }`
  })
  const runs = await Promise.all([1, 2, 3].map(() => run(database.url, 'up', { folder })))
  assert.deepEqual(runs.map(({ done }) => done.length).sort(), [0, 0, 1])
  assert.equal(runs.filter(({ lines }) => lines.some(line => line.includes('waiting'))).length, 2)
})

test('a failing migration throws, keeps what was done before it, and frees the lock', async () => {
  const database = await empty()
  const folder = await folderWith({
    '0001-good.ts': `export const up = db => db.schema.createTable('good').addColumn('id', 'integer').execute()`,
    '0002-bad.ts': `export const up = db => db.schema.dropTable('nothing').execute()`
  })
  for (const _ of ['first', 'again']) await assert.rejects(run(database.url, 'up', { folder }), { errno: 1051 })
  assert.ok((await tablesOf(database)).includes('good'))
  const rows = await database.db.selectFrom('claims').select('name').execute()
  assert.deepEqual(rows, [])
})

test('npm run db:migrate says what it did, up or down, and exits with 1 when it fails', async () => {
  const database = await empty()
  const config = { SMTP_URL: 'smtp://localhost', DATA_DIR: await folderWith({}) }
  const command = (url: string, ...args: string[]) => runCli({ ...config, DATABASE_URL: url }, 'migrate', ...args)
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'db:migrate'], {
    cwd: ROOT,
    env: { ...bareEnvironment(), ...config, DATABASE_URL: database.url }
  })
  const up = MIGRATIONS.map(name => `up ${name}: success\n`).join('')
  assert.equal(stdout, up)
  assert.equal(await command(database.url), 'nothing to do\n')
  for (const name of MIGRATIONS.toReversed())
    assert.equal(await command(database.url, 'down'), `down ${name}: success\n`)
  assert.deepEqual(await tablesOf(database), ['claims', 'kysely_migration', 'kysely_migration_lock'])
  assert.equal(await command(database.url, 'down'), 'nothing to do\n')
  assert.equal(await command(database.url, 'up'), up)
  assert.deepEqual(await tablesOf(database), TABLES)
  const refused = new URL(database.url)
  refused.password = 'wrong'
  await assert.rejects(command(refused.href), { code: 1 })
  const broken = await empty()
  await sql`create table sessions (id int primary key)`.execute(broken.db)
  await sql`create view outbox as select 1 as id`.execute(broken.db)
  await sql`create table kysely_migration (name int primary key)`.execute(broken.db)
  await assert.rejects(command(broken.url), { code: 1 })
})

test('the lock of a migrator that died is taken over when its lease ends, not before', async () => {
  const database = await empty()
  await run(database.url)
  await run(database.url, 'down')
  await database.db
    .insertInto('claims')
    .values({ name: 'migrations', owner: newId(systemClock), until: new Date(Date.now() + MINUTE) })
    .execute()
  let offset = 0
  setTimeout(() => (offset = 2 * MINUTE), 800)
  const started = Date.now()
  const { done, lines } = await run(database.url, 'up', { clock: () => new Date(Date.now() + offset) })
  assert.deepEqual(done, MIGRATIONS.slice(-1))
  assert.ok(Date.now() - started >= 800 && lines.some(line => line.includes('waiting')))
})

test('a migration that was killed half-way is finished by the next run', async () => {
  const whole = await empty()
  await run(whole.url)
  for (let tables = 0; tables < 5; tables++) {
    const database = await empty()
    await run(database.url)
    await sql`delete from kysely_migration`.execute(database.db)
    for (const table of ['accounts', 'sessions', 'one_time_tokens', 'outbox', 'audit_events'].slice(tables))
      await sql`drop table ${sql.table(table)}`.execute(database.db)
    assert.deepEqual((await run(database.url)).done, MIGRATIONS)
    assert.equal(await schemaOf(database), await schemaOf(whole))
  }
  const database = await empty()
  await run(database.url)
  for (const [index, name] of MIGRATIONS.entries()) {
    await sql`delete from kysely_migration where name >= ${name}`.execute(database.db)
    // As far as the third one may have come: some columns, no key.
    if (name === '0003-security') {
      await sql`alter table one_time_tokens drop column session_id, drop column code, drop column email_canonical,
        drop index one_time_tokens_email`.execute(database.db)
      await sql`drop index audit_events_event on audit_events`.execute(database.db)
    }
    // As far as the fifth one may have come: its column, no key.
    if (name === '0005-code-addresses')
      await sql`drop index one_time_tokens_email on one_time_tokens`.execute(database.db)
    assert.deepEqual((await run(database.url)).done, MIGRATIONS.slice(index))
    assert.equal(await schemaOf(database), await schemaOf(whole))
  }
})

test('every table has a primary key, is InnoDB and names its character set, whatever the default', async () => {
  const { db, url } = await empty()
  await run(url)
  assert.deepEqual(await tablesWithout(db, 'PRIMARY KEY'), [])
  const { rows } = await sql<{ name: string; collation: string; engine: string }>`
    select table_name as name, table_collation as collation, engine as engine
    from information_schema.tables where table_schema = database()`.execute(db)
  for (const { name, collation, engine } of rows) {
    assert.match(collation, /^(utf8mb4_unicode_ci|ascii_bin)$/, name)
    assert.equal(engine, 'InnoDB', name)
  }
  const columns = await sql<{ name: string }>`select concat(table_name, '.', column_name) as name
    from information_schema.columns where table_schema = database() and collation_name is not null
    and collation_name not in ('utf8mb4_unicode_ci', 'ascii_bin')`.execute(db)
  assert.deepEqual(columns.rows, [])
})

async function tablesWithout(db: Kysely<never> | TestDatabase['db'], constraint: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select t.table_name as name from information_schema.tables t
    left join information_schema.table_constraints c on c.table_schema = t.table_schema
      and c.table_name = t.table_name and c.constraint_type = ${constraint}
    where t.table_schema = database() and c.constraint_name is null`.execute(db)
  return rows.map(({ name }) => name)
}
