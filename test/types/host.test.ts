import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createTestApp } from '../support/app.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
const folder = await mkdtemp(join(tmpdir(), 'guildhall-host-'))
after(() => rm(folder, { recursive: true, force: true }))

const STRICT = { module: 'nodenext', target: 'es2024', strict: true, types: ['node'], outDir: 'out' }
const PAGE = { ...STRICT, types: [], lib: ['es2022', 'dom', 'dom.iterable'] }
const CLIENT_SIZE = 7000 // bytes of guildhall/client with what it imports, minified and gzipped: 6,700 in November 2026

const EXAMPLE = join(root, 'examples/react-spa')

interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

const packed = join(folder, 'node_modules/guildhall')
before(async () => {
  const project = join(root, 'tsconfig.build.json')
  await run(process.execPath, [tsc, '-p', project, '--noCheck', '--outDir', join(packed, 'dist')]) // npm run check does
  await cp(join(root, 'package.json'), join(packed, 'package.json'))
  // Everything beside the package itself is there as npm would have put it.
  for (const name of [
    'fastify',
    '@types',
    '@fastify',
    '@sinclair',
    '@node-rs',
    '@zxcvbn-ts',
    'ajv',
    'ajv-formats',
    'fast-json-stringify',
    'fastify-plugin',
    'kysely',
    'mysql2',
    'nodemailer',
    'openapi-fetch',
    'openapi-typescript-helpers',
    'uuid',
    'undici-types'
  ]) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
})

/** Compiles a file of host/ in the folder of somebody who installed the package. */
async function compile(file: string, compilerOptions: object): Promise<void> {
  await cp(join(import.meta.dirname, 'host', file), join(folder, file))
  await compileHere(file, compilerOptions)
}

async function compileHere(file: string, compilerOptions: object): Promise<void> {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
  await run(process.execPath, [tsc, '-p', folder]).catch(error => assert.fail(error.stdout))
}

test('a host application compiles against the packed declarations and runs on the packed files', async () => {
  const app = await createTestApp()
  await compile('host.ts', STRICT)

  const env = { PATH: process.env.PATH, HOST_CONFIG: JSON.stringify(app.config) }
  const { stdout } = await run(process.execPath, [join(folder, 'out/host.js')], { cwd: folder, env })
  assert.deepEqual(JSON.parse(stdout), { db: 'still here', host: 401, login: 'invalid_credentials', known: 403 })

  // The packaged command starts nothing that was not configured, and works with what was.
  const command = [join(packed, 'dist/src/bin.js'), 'migrate']
  await assert.rejects(run(process.execPath, command, { cwd: folder, env: { PATH: process.env.PATH } }), {
    code: 1,
    stderr: /^DATABASE_URL: missing/
  })
  assert.ok(!existsSync(join(folder, '.data')))
  const configured = { PATH: process.env.PATH, ...app.config }
  assert.match((await run(process.execPath, command, { cwd: folder, env: configured })).stdout, /nothing to do/)
})

test('a page compiles against the packed client, with the types of a browser and no others, and runs in Node', async () => {
  await compile('page.ts', PAGE)
  const { stdout } = await run(process.execPath, [join(folder, 'out/page.js')], { cwd: folder })
  assert.deepEqual(JSON.parse(stdout), ['signedOut', null, 'NetworkError: The server cannot be reached.'])
})

test('what docs/spa.md begins with compiles', async () => {
  const [, program = ''] = /```ts\n(.*?)```/s.exec(await readFile(join(root, 'docs/spa.md'), 'utf8')) ?? []
  assert.match(program, /createClient/)
  await writeFile(join(folder, 'spa.ts'), program)
  await compileHere('spa.ts', PAGE)
})

test('the example is complete when it is copied: it compiles and builds against the package', async () => {
  const copy = join(folder, 'spa')
  await cp(EXAMPLE, copy, { recursive: true, filter: path => !path.startsWith(join(EXAMPLE, 'dist')) })
  const { dependencies, devDependencies }: Manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'))
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter(name => name !== 'guildhall')
  for (const name of names) {
    await mkdir(join(copy, 'node_modules', dirname(name)), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
  // What its README says: without "paths".
  const tsconfig = await readFile(join(copy, 'tsconfig.json'), 'utf8')
  await writeFile(join(copy, 'tsconfig.json'), tsconfig.replace(/^.*"paths": .*\n/m, ''))
  await run(process.execPath, [tsc, '-p', copy]).catch(error => assert.fail(error.stdout))
  await viteBuild(copy)
  assert(existsSync(join(copy, 'dist/index.html')))
})

test('the example takes everything in the versions that it is tested with', async () => {
  const versionsOf = async (path: string) => {
    const { dependencies, devDependencies }: Manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'))
    const versions: Record<string, string> = { ...dependencies, ...devDependencies }
    return versions
  }
  const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const versions = await versionsOf(root)
  const typescript = versions['typescript-7']?.replace('npm:typescript@', '') // the compiler has a name of its own here
  const ours = { ...versions, guildhall: version, typescript }
  for (const [name, version] of Object.entries(await versionsOf(EXAMPLE)))
    assert.equal(Reflect.get(ours, name), version, name)
})

test('the client is small: a few kilobytes in a page', async () => {
  const input = join(packed, 'dist/client/index.js')
  const rolldownOptions = { input, preserveEntrySignatures: 'strict', output: { entryFileNames: 'client.js' } }
  await writeFile(join(folder, 'vite.config.js'), `export default ${JSON.stringify({ build: { rolldownOptions } })}`)
  await viteBuild(folder)
  const size = gzipSync(await readFile(join(folder, 'dist/client.js')), { level: 9 }).length
  assert(size < CLIENT_SIZE && size > CLIENT_SIZE / 2, `${size} bytes`)
})

/** In a process of its own: Vite makes its process one of production. */
async function viteBuild(path: string): Promise<void> {
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', path, '--logLevel', 'silent'])
}
