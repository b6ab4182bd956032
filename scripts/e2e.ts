// npm run test:e2e [-- options of node --test, files]: the tests in a browser, all or what is named, against the built web
// client and a real database.
import { existsSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from './browser.ts'
import { isFile, runTests, type TestRun } from './test-run.ts'

const LANES = 2 // each has a server, and pages of the one browser, which computes more than the tests do
const CLIENT = 'examples/react-spa'
// Two origins are known only when a test opens them: their file server puts the API's origin in the place of this one.
const API_PLACEHOLDER = 'http://api.invalid'

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache')

await runTests(async run => {
  const folder = join(cache, `e2e-${run.id}`)
  try {
    return (await buildClient(run, folder)) || (await runInBrowser(run, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Once as the API's server brings it, once for a server of its own. @returns the exit code of what failed, or 0 */
async function buildClient({ node }: TestRun, folder: string): Promise<number> {
  if (!existsSync(join(root, CLIENT, 'vite.config.ts'))) {
    console.log(`tests: ${CLIENT} has no vite.config.ts, so there is no web client to build`)
    return 0
  }
  const vite = (name: string, api?: string) =>
    node(['node_modules/vite/bin/vite.js', 'build', CLIENT, '--outDir', join(folder, name), '--logLevel', 'warn'], {
      VITE_API_URL: api,
      NODE_ENV: 'production'
    })
  return (await vite('one-origin')) || (await vite('two-origins', API_PLACEHOLDER))
}

async function runInBrowser(run: TestRun, folder: string): Promise<number> {
  const browser = await openBrowser(cache, console.error)
  try {
    const args = process.argv.slice(2)
    const files = args.some(isFile) ? [] : globSync('test/e2e/**/*.test.ts', { cwd: root })
    return await run.test([`--test-concurrency=${LANES}`, ...args, ...files], {
      E2E_BROWSER: browser.wsEndpoint(),
      E2E_CLIENT: folder,
      E2E_API: API_PLACEHOLDER
    })
  } finally {
    await browser.close()
  }
}
