// npm run check [-- --write]: every static check, all of them to their end, and one line each. `--write` brings the
// generated files up to date; what is left to format or to sort, `npm run format` does.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleEnvironment } from '../src/environment.ts'
import { createServer } from '../src/server.ts'
import { generateSigningKey } from '../src/tokens/signing-keys.ts'
import { renderAuthorization } from '../test/support/authorization.ts'
import { announcesBreaks, describeBreaks, findBreaks } from './openapi/breaks.ts'
import { clientTypes } from './openapi/client-types.ts'
import type { OpenApiDocument } from './openapi/document.ts'

interface Verdict {
  passed: boolean
  output: string
}

const root = join(import.meta.dirname, '..')
const write = process.argv.includes('--write')

const document = openApiDocument().then(made => `${JSON.stringify(made, null, 2)}\n`)

// First the generated files, since other checks read them.
const copies = {
  '.env.example': async () => copy('.env.example', exampleEnvironment()),
  'docs/authorization.md': async () => copy('docs/authorization.md', renderAuthorization()),
  'docs/openapi.json': async () => copy('docs/openapi.json', await document),
  'client/schema.ts': async () => copy('client/schema.ts', await clientTypes(await document))
}
const tools = {
  types: () => tool('typescript-7', 'tsc', []),
  // With the DOM's types instead of Node's, or beside them.
  'types of the client': () => tool('typescript-7', 'tsc', ['-p', 'client']),
  'types of the SPA': () => tool('typescript-7', 'tsc', ['-p', 'examples/react-spa']),
  'types of its tests': () => tool('typescript-7', 'tsc', ['-p', 'test/e2e']),
  'lint and format': () => tool('@biomejs/biome', 'biome', ['check', '--error-on-warnings']),
  'unused code': () => tool('knip', 'knip', ['--no-progress', '--treat-config-hints-as-errors']),
  'ASVS marks': () => run([join(root, 'scripts/asvs.ts'), ...(write ? ['--write'] : [])]),
  'OpenAPI rules': () => tool('@redocly/cli', 'redocly', ['lint', 'docs/openapi.json', '--format=stylish']),
  'OpenAPI breaks': async () => compareWithReleased()
}

const results = [...(await runAll(copies)), ...(await runAll(tools))]
const failed = results.filter(passed => !passed).length
console.log(failed === 0 ? '\nall checks passed' : `\n${failed} of ${results.length} checks failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Runs checks side by side; reports each as it ends. */
async function runAll(checks: Record<string, () => Promise<Verdict>>): Promise<boolean[]> {
  return await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const started = performance.now()
      const { passed, output } = await check().catch((error: unknown) => ({ passed: false, output: String(error) }))
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${passed ? '✔' : '✖'} ${name.padEnd(22)}${seconds} s${passed ? '' : `\n${output.trimEnd()}\n`}`)
      return passed
    })
  )
}

/** A generated file that is committed, so that reviewers see what a change does to it. */
async function copy(file: string, text: string): Promise<Verdict> {
  const path = join(root, file)
  const passed = committed(path) === text
  if (passed || !write) return { passed, output: `${file} is not what the source says:  npm run check -- --write` }
  writeFileSync(path, text)
  return { passed: true, output: '' }
}

function committed(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Clients of the last release go on as they are, unless the version in package.json says otherwise. */
function compareWithReleased(): Verdict {
  const read = (file: string): OpenApiDocument => JSON.parse(readFileSync(join(root, 'docs', file), 'utf8'))
  const [released, current] = [read('openapi.released.json'), read('openapi.json')]
  const breaks = findBreaks(released, current)
  const passed = breaks.length === 0 || announcesBreaks(released.info.version, current.info.version)
  return { passed, output: `${describeBreaks(breaks)}\n  Where it is meant: CONTRIBUTING.md, "Releasing"` }
}

/** The document of a server that never meets its database: Kysely and nodemailer connect when they are first used. */
async function openApiDocument(): Promise<object> {
  const server = await createServer({
    config: {
      DATABASE_URL: 'mysql://nobody@127.0.0.1:1/nothing',
      SMTP_URL: 'smtp://127.0.0.1:1',
      JWT_PRIVATE_KEYS: generateSigningKey(),
      SECRET: randomBytes(48).toString('base64')
    }
  })
  try {
    await server.ready()
    return server.swagger()
  } finally {
    await server.close()
  }
}

/** Runs a development dependency's command, the installed one, on the Node we run on. */
function tool(module: string, command: string, args: string[]): Promise<Verdict> {
  const folder = join(root, 'node_modules', module)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return run([join(folder, bin[command]), ...args])
}

function run(args: string[]): Promise<Verdict> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', FORCE_COLOR: '0' }
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ passed: code === 0, output }))
  })
}
