// npm run mutation [-- options of stryker]: breaks the code of tokens, passwords, sessions and plugins/auth.ts in every
// small way, and says which breaks no test has noticed. Takes the better part of an hour; `-- --mutate src/tokens/*.ts`
// takes a part of it.
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
try {
  const args = [stryker, 'run', 'mutation/stryker.config.json', ...process.argv.slice(2)]
  process.exitCode = await run(process.execPath, args, { TEST_DATABASE_URL: database.url, TEST_RUN_ID: 'mutation' })
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
