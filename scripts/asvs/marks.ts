import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Where a promise can be shown: tests, the long proofs, and the checks that refuse a change.
const PLACES = ['test/**/*.test.ts', 'verify/proofs/*.ts', 'scripts/check.ts']

/** The requirements that comments such as `// ASVS V6.2.4, V6.2.5` claim to show, with the files they stand in. */
export function readMarks(root: string): Map<string, string[]> {
  const marks = new Map<string, string[]>()
  for (const file of globSync(PLACES, { cwd: root }).sort()) {
    const claims = readFileSync(join(root, file), 'utf8').matchAll(/^\s*(?:\/\/|\*|<!--) ASVS (V[\d., V]+\d)/gm)
    const ids = [...claims].flatMap(([, list = '']) => list.match(/V\d+(\.\d+)+/g) ?? [])
    for (const id of new Set(ids)) marks.set(id, [...(marks.get(id) ?? []), file])
  }
  return marks
}
