import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

// What leaves the house, as npm would pack it.

const root = join(import.meta.dirname, '..')
const npm = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 20e6 })).stdout

// ASVS V13.4.1, V15.2.3
test('the package holds the built program and its papers: no tests, no sources, no history', async () => {
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(
    await npm('pack', '--dry-run', '--json', '--ignore-scripts')
  )
  const strangers = files
    .map(({ path }) => path)
    .filter(path => !/^(dist\/|LICENSE|README\.md$|package\.json$)/.test(path))
  assert.deepEqual(strangers, [])
  const { include, files: entries } = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8'))
  for (const path of [...include, ...entries]) assert.match(path, /^(src\/|client\/|migrations$)/)
})

// ASVS V15.1.2
test('a bill of materials names everything that runs in production, in its exact version', async () => {
  const sbom: { bomFormat: string; components: { name: string; group?: string; version: string }[] } = JSON.parse(
    await npm('sbom', '--sbom-format=cyclonedx') // with --omit=dev npm loses what is needed by both
  )
  assert.equal(sbom.bomFormat, 'CycloneDX')
  const listed = new Set(
    sbom.components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`)
  )
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8')
  )
  for (const [name, version] of Object.entries(dependencies)) assert(listed.has(`${name}@${version}`), name)
})

// ASVS V15.2.4
test('the lock file pins every package by its contents, and names no place but the registry that npm is told of', () => {
  const { packages }: { packages: Record<string, { integrity?: string; resolved?: string; link?: boolean }> } =
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  for (const [path, { integrity, resolved }] of Object.entries(packages)) {
    if (path === '') continue
    assert.match(integrity ?? '', /^sha512-/, path)
    assert.equal(resolved, undefined, path)
  }
})

// ASVS V15.1.1
test('SECURITY.md says in how many days a vulnerability is mended', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8').replaceAll('\n', ' ')
  assert.match(text, /7 days for critical vulnerabilities, 30 days for high ones and 90 days for others/)
})
