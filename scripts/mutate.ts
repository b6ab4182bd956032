// npm run mutation [-- rooms]: breaks the code of rules, tokens, passwords, auth and sessions, or of the rooms that are
// named, in every small way, and says which breaks no test has noticed. All of them take more than an hour.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startDatabase } from '../src/embedded/database.ts'

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
try {
  for (const ROOM of rooms) {
    console.log(`\nmutation: ${ROOM}`)
    const env = { ROOM, TEST_DATABASE_URL: database.url, TEST_RUN_ID: 'mutation' }
    const code = await run(process.execPath, [stryker, 'run', 'mutation/stryker.config.mjs'], env)
    if (code !== 0) process.exitCode = code
  }
} finally {
  await database.stop()
}

async function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
  })
}
