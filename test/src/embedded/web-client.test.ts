import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError, readConfig } from '../../../src/config.ts'
import { developmentClient, findMissingClient, releasedClient } from '../../../src/embedded/web-client.ts'

// A builder that counts, and fails where the client says so: what Vite itself makes, scripts/smoke.ts sees.
const BUILDER = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
const [, , folder] = process.argv
const source = readFileSync('examples/react-spa/src/main.tsx', 'utf8')
if (source.includes('broken')) {
  console.error('Build failed with 1 error:\\n\\n\\x1b[31mUnexpected token\\x1b[0m\\n  [ src/main.tsx:1:7 ]')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
writeFileSync(folder + '/index.html', source)
`

function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'guildhall-project-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  write(root, 'scripts/build-web-client.ts', BUILDER)
  write(root, 'examples/react-spa/src/main.tsx', 'one')
  write(root, 'client/index.ts', 'export {}')
  write(root, 'docs/openapi.json', '{}')
  write(root, 'package-lock.json', '{}')
  return root
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** The page that a start shows, and what it prints. */
async function start(root: string): Promise<{ page: string; lines: string[] }> {
  const lines: string[] = []
  const client = developmentClient(line => void lines.push(line), root)
  await client.built
  return { page: readFileSync(join(client.root, 'index.html'), 'utf8'), lines }
}

test('it is built at the first start, with a line when it begins and one when it is done; the second start has it', async () => {
  const root = project()
  const { page, lines } = await start(root)
  assert.equal(page, 'one')
  assert.equal(lines.length, 2)
  assert.match(lines.join('\n'), /building.*\n.*built in \d+\.\d s/)
  assert.deepEqual(await start(root), { page: 'one', lines: [] })
  assert.deepEqual(readdirSync(join(root, '.cache')), [], 'nothing is left behind')
})

test('it is built again after a change of whatever it is made of, and of nothing else', async () => {
  const root = project()
  await start(root)
  for (const path of ['examples/react-spa/src/main.tsx', 'client/index.ts', 'docs/openapi.json', 'package-lock.json']) {
    write(root, path, `${path} has changed`)
    assert.equal((await start(root)).lines.length, 2, path)
  }
  write(root, 'examples/react-spa/src/more.ts', 'added')
  assert.equal((await start(root)).lines.length, 2, 'a file that was added')
  rmSync(join(root, 'examples/react-spa/src/more.ts'))
  assert.equal((await start(root)).lines.length, 2, 'a file that is gone')
  write(root, 'src/main.ts', 'the server')
  write(root, 'examples/react-spa/node_modules/x.js', 'installed')
  utimesSync(join(root, 'client/index.ts'), new Date(), new Date())
  assert.deepEqual((await start(root)).lines, [], 'times, the server and packages are not sources')
})

test('a build that fails is one line, leaves what was built before, and is tried at the next start', async () => {
  const root = project()
  await start(root)
  write(root, 'examples/react-spa/src/main.tsx', 'broken')
  const lines: string[] = []
  const { built } = developmentClient(line => void lines.push(line), root)
  while (lines.length < 2) await sleep(10) // nobody waits for it yet, and the program goes on
  await assert.rejects(built, /could not be built: Unexpected token/)
  assert.equal(lines[1], 'web client: it could not be built: Unexpected token src/main.tsx:1:7')
  assert.equal(readFileSync(join(root, 'examples/react-spa/dist/index.html'), 'utf8'), 'one')
  write(root, 'examples/react-spa/src/main.tsx', 'two')
  assert.equal((await start(root)).page, 'two')
})

test('production has what npm run build made; without it, that is named among all other faults', async () => {
  const root = project()
  await start(root)
  const read = (environment: Record<string, string>) =>
    readConfig(environment, config => findMissingClient(config, root))
  const namesIn = (environment: Record<string, string>) => {
    try {
      return read(environment) && []
    } catch (error) {
      assert(error instanceof ConfigError)
      return error.faults.map(({ name }) => name)
    }
  }
  const services = ['DATABASE_URL', 'SMTP_URL', 'JWT_PRIVATE_KEYS', 'SECRET']
  const production = { NODE_ENV: 'production', WEB_CLIENT: 'on' }
  assert.deepEqual(namesIn({ ...production, PORT: 'x' }), ['PORT', ...services, 'WEB_CLIENT'])
  assert.deepEqual(namesIn({ ...production, WEB_CLIENT: 'off' }), services)
  assert.deepEqual(namesIn({ WEB_CLIENT: 'on' }), [], 'development builds it')
  write(root, 'dist/web-client/index.html', 'released')
  assert.deepEqual(namesIn(production), services)
  const client = releasedClient(root)
  await client.built
  assert.ok(existsSync(join(client.root, 'index.html')))
  assert.match(client.root, /dist.web-client$/)
})
