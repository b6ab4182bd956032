import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { createClient as generateClient } from '@hey-api/openapi-ts'
import { clientTypes } from '../../scripts/openapi/client-types.ts'
import { createTestApp } from '../support/app.ts'
import { createMember } from '../support/client.ts'
import { setAccount } from '../support/rows.ts'

const root = join(import.meta.dirname, '../..')
const input = join(root, 'docs/openapi.json')
const folder = await mkdtemp(join(tmpdir(), 'guildhall-generated-'))
after(() => rm(folder, { recursive: true, force: true }))

const STRICT = {
  module: 'nodenext',
  target: 'es2024',
  lib: ['es2024', 'dom'],
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  rootDir: '.',
  outDir: 'out'
}

await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))

async function compile(file: string, options: object = {}): Promise<void> {
  const config = join(folder, `tsconfig.${file}.json`)
  await writeFile(config, JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: [file] }))
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', config]).catch(error => assert.fail(error.stdout))
}

test('a client that @hey-api/openapi-ts generates compiles, and lives the life of an app', async () => {
  await generateClient({
    input,
    output: { path: join(folder, 'client'), module: { extension: '.js' } },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'silent', file: false }
  })
  await cp(join(import.meta.dirname, 'generated/flow.ts'), join(folder, 'flow.ts'))
  await compile('flow.ts')

  const app = await createTestApp()
  await createMember(app)
  const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
  const { live } = await import(join(folder, 'out/flow.js'))
  await live({
    url,
    code: (email: string) => app.mail.code(email),
    appoint: (email: string) => setAccount(app, email, { role: 'Admin' })
  })
})

test('the types that openapi-typescript generates compile, and are as strict as the document', async () => {
  await writeFile(join(folder, 'schema.ts'), await clientTypes(await readFile(input, 'utf8')))
  await cp(join(import.meta.dirname, 'generated/types.ts'), join(folder, 'types.ts'))
  await compile('types.ts', { exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false })
})
