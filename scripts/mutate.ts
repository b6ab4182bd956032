// npm run mutation [-- rooms]: breaks the code of rules, tokens, passwords, auth and sessions, or of the rooms that are
// named, in every small way, and says which breaks no test has noticed. All of them take more than an hour.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { startDatabase } from '../src/embedded/database.ts'
import { connectionOptions } from '../src/mysql/url.ts'

const CLEAN_UP_MS = 20_000 // each break runs in processes of its own, and each of them makes databases

const root = join(import.meta.dirname, '..')
const stryker = join(root, 'mutation/node_modules/@stryker-mutator/core/bin/stryker.js')

// Stryker has its own lock file: nothing that it needs belongs to the program.
if (!existsSync(stryker)) {
  console.log('mutation: installing Stryker, once …')
  const code = await run('npm', ['ci', '--prefix', 'mutation', '--no-audit', '--no-fund'])
  if (code !== 0) process.exit(code)
}
const database = await startDatabase({
  dataDir: join(root, '.data'),
  cacheDir: join(root, '.cache'),
  throwAway: true,
  log: console.error
})
const rooms = process.argv.length > 2 ? process.argv.slice(2) : ['rules', 'tokens', 'passwords', 'auth', 'sessions']
let round = Promise.resolve()
const cleaning = setInterval(() => {
  round = round.then(() => dropLeftOvers(database.url)).catch(console.error)
}, CLEAN_UP_MS)
try {
  for (const ROOM of rooms) {
    console.log(`\nmutation: ${ROOM}`)
    const env = { ROOM, TEST_DATABASE_URL: database.url, TEST_RUN_ID: 'mutation' }
    const code = await run(process.execPath, [stryker, 'run', 'mutation/stryker.config.mjs'], env)
    if (code !== 0) process.exitCode = code
  }
} finally {
  clearInterval(cleaning)
  await round
  await database.stop()
}

/** Drops the databases of test processes that have ended; test/support/database.ts puts their ids into the names. */
async function dropLeftOvers(url: string): Promise<void> {
  const { connectionLimit: _, ...options } = connectionOptions(url)
  const admin = await createConnection({ ...options, rowsAsArray: true })
  try {
    const [rows] = await admin.query("show databases like 'guildhall\\_test\\_mutation\\_%'")
    for (const row of Array.isArray(rows) ? rows : []) {
      const name = Array.isArray(row) ? String(row[0]) : ''
      if (!isRunning(Number(/_(\d+)_\d+$/.exec(name)?.[1]))) await admin.query('drop database ??', [name])
    }
  } finally {
    await admin.end()
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
  })
}
