import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { createTestApp } from '../support/app.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
const folder = await mkdtemp(join(tmpdir(), 'guildhall-host-'))
after(() => rm(folder, { recursive: true, force: true }))

const STRICT = { module: 'nodenext', target: 'es2024', strict: true, types: ['node'], outDir: 'out' }

test('a host application compiles against the packed declarations and runs on the packed files', async () => {
  const app = await createTestApp()
  const packed = join(folder, 'node_modules/guildhall')
  await run(process.execPath, [
    tsc,
    '-p',
    join(root, 'tsconfig.build.json'),
    '--noCheck',
    '--outDir',
    join(packed, 'dist')
  ]) // npm run check does
  await cp(join(root, 'package.json'), join(packed, 'package.json'))
  // Everything beside the package itself is there as npm would have put it.
  await mkdir(join(folder, 'node_modules'), { recursive: true })
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
    'uuid',
    'undici-types'
  ]) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  await cp(join(import.meta.dirname, 'host/host.ts'), join(folder, 'host.ts'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, files: ['host.ts'] }))
  await run(process.execPath, [tsc, '-p', folder]).catch(error => assert.fail(error.stdout))

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
