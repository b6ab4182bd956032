import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, suite, test } from 'node:test'

// scripts/run.mjs in a project of its own, with a PATH that holds only what a test puts there.

const root = join(import.meta.dirname, '../..')
const scratch = mkdtempSync(join(tmpdir(), 'guildhall-run-'))
const project = join(scratch, 'project')
const bin = join(scratch, 'bin')
after(() => rmSync(scratch, { recursive: true, force: true }))

beforeEach(() => {
  for (const folder of [project, bin]) rmSync(folder, { recursive: true, force: true })
  for (const folder of [join(project, 'scripts'), bin]) mkdirSync(folder, { recursive: true })
  cpSync(join(root, 'scripts/run.mjs'), join(project, 'scripts/run.mjs'))
  write('package.json', { name: 'tried', version: '1.0.0', type: 'module' })
  write('hello.ts', 'const words: string[] = process.argv.slice(2)\nconsole.log(process.version, ...words)\n')
})

function write(file: string, content: string | object): void {
  writeFileSync(join(project, file), typeof content === 'string' ? content : JSON.stringify(content))
}

/** Names a package in package-lock.json, and installs it where `installed` says so. */
function lock(installed: boolean, entry: object = {}): void {
  const packages = { '': { name: 'tried', version: '1.0.0' }, 'node_modules/left': { version: '1.0.0', ...entry } }
  write('package-lock.json', { name: 'tried', version: '1.0.0', lockfileVersion: 3, packages })
  if (!installed) return
  mkdirSync(join(project, 'node_modules'), { recursive: true })
  write('node_modules/.package-lock.json', { packages })
}

/** A program on the PATH that prints what it was called with, and ends with `code`. */
function program(name: string, code: number, words = ''): void {
  writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" "${words}" >&2\nexit ${code}\n`, { mode: 0o755 })
}

function run(args: string[], env: Record<string, string> = {}) {
  const started = spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
    cwd: project,
    env: { PATH: bin, ...env },
    encoding: 'utf8'
  })
  return { code: started.status, stdout: started.stdout, stderr: started.stderr }
}

suite('npm start and its like', () => {
  test('run a TypeScript file with its arguments, and touch no npm when nothing is missing', () => {
    lock(true)
    const { code, stdout, stderr } = run(['hello.ts', 'a b', '--c'])
    assert.deepEqual({ code, stderr, stdout }, { code: 0, stderr: '', stdout: `${process.version} a b --c\n` })
  })

  test('end as the program ends', () => {
    lock(true)
    write('fails.ts', 'process.exit(7)\n')
    write('dies.ts', "process.kill(process.pid, 'SIGKILL')\n")
    assert.equal(run(['fails.ts']).code, 7)
    assert.notEqual(run(['dies.ts']).code, 0)
  })

  test('say what is missing without npm, and how to get it', () => {
    lock(false)
    const { code, stderr } = run(['hello.ts'])
    assert.equal(code, 1)
    assert.match(stderr, /npm, which installs them, is missing\.\nInstall Node\.js with npm \(https:\/\/nodejs\.org\)/)
    assert.doesNotMatch(stderr, / {4}at /)
  })

  test('say how to mend an install that did not succeed, and leave nothing half done', () => {
    lock(false)
    program('npm', 1, 'network is unreachable')
    const { code, stdout, stderr } = run(['hello.ts'])
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /installing 1 packages \(npm ci\), once/)
    assert.match(stderr, /network is unreachable/)
    assert.match(stderr, /"npm ci" did not succeed/)
    assert.equal(spawnSync('ls', [join(project, '.cache')], { encoding: 'utf8' }).stdout, '')
  })

  test('install in production without what is for development', () => {
    lock(false)
    program('npm', 1)
    assert.match(run(['hello.ts'], { NODE_ENV: 'production' }).stderr, /npm ci --omit=dev/)
    lock(false, { dev: true })
    assert.equal(run(['hello.ts'], { NODE_ENV: 'production' }).code, 0)
  })

  test('leave out packages of other platforms', () => {
    lock(false, { optional: true, os: [process.platform === 'aix' ? 'win32' : 'aix'] })
    assert.equal(run(['hello.ts']).code, 0)
    lock(false, { optional: true, os: [process.platform], cpu: [process.arch] })
    assert.equal(run(['hello.ts']).code, 1)
  })

  test('prefer the project’s own Node in a checkout, and the machine’s in production', () => {
    lock(true)
    mkdirSync(join(project, 'node_modules/node/bin'), { recursive: true })
    writeFileSync(join(project, 'node_modules/node/bin/node'), '#!/bin/sh\necho own\n', { mode: 0o755 })
    assert.equal(run(['hello.ts']).stdout, 'own\n')
    assert.equal(run(['hello.ts'], { NODE_ENV: 'production' }).stdout, `${process.version}\n`)
  })

  test('say which Node is needed when there is none', () => {
    lock(true)
    symlinkSync(process.execPath, join(bin, 'node'))
    // As an older Node would see itself.
    write('old.mjs', "Object.defineProperty(process.versions, 'node', { value: '20.11.0' })\n")
    const old = { NODE_OPTIONS: `--import=${join(project, 'old.mjs')}` }
    const checkout = run(['hello.ts'], old)
    assert.equal(checkout.code, 1)
    assert.match(checkout.stderr, /Node 24 or later is missing: this is Node 20\.11\.0/)
    assert.match(checkout.stderr, /npm rebuild node --ignore-scripts=false/)
    assert.match(run(['hello.ts'], { ...old, NODE_ENV: 'production' }).stderr, /the machine's own Node runs the server/)
  })

  test('need a file', () => {
    const { code, stderr } = run([])
    assert.equal(code, 1)
    assert.match(stderr, /usage: node scripts\/run\.mjs/)
  })
})
