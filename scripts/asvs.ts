// npm run report:asvs [-- --write]: how far OWASP ASVS 5.0.0 is met. docs/asvs.csv says of every requirement whether it
// applies; which tests show it stands in the tests, as `// ASVS V6.2.4`. `--write` brings the column `shown_by` up to
// date.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { readMarks } from './asvs/marks.ts'
import { findFaults, type Requirement, readRequirement } from './asvs/requirement.ts'

const root = join(import.meta.dirname, '..')
const path = join(root, 'docs/asvs.csv')

const marks = readMarks(root)
const rows: Record<string, string>[] = parse(readFileSync(path, 'utf8'), { columns: true })
const requirements = rows.map(readRequirement)
if (process.argv.includes('--write')) {
  for (const requirement of requirements) requirement.shownBy = marks.get(requirement.id) ?? []
  const columns = ['id', 'level', 'applies', 'topic', 'shown_by', 'note']
  const lines = requirements.map(({ shownBy, ...rest }) => ({ ...rest, shown_by: shownBy.join(' ') }))
  writeFileSync(path, stringify(lines, { header: true, columns }))
}

report(requirements)
const faults = findFaults(requirements, marks)
for (const fault of faults) console.error(`✖ ${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0

function report(all: readonly Requirement[]): void {
  const applicable = all.filter(({ applies }) => applies !== 'no')
  const levels = [1, 2, 3].map(level => {
    const ofLevel = applicable.filter(requirement => requirement.level === level)
    return `L${level} ${ofLevel.filter(isMet).length}/${ofLevel.length}`
  })
  for (const [title, status] of [
    ['Open', 'yes'],
    ['Exceptions, argued', 'exception']
  ]) {
    const rest = applicable.filter(requirement => requirement.applies === status && !isMet(requirement))
    if (rest.length > 0) console.log(`${title}:`)
    for (const { id, level, topic, note } of rest)
      console.log(`  ${id.padEnd(8)} L${level}  ${topic}${note && `: ${note}`}`)
  }
  console.log(`OWASP ASVS 5.0.0: ${levels.join(', ')}`)
}

function isMet({ applies, shownBy }: Requirement): boolean {
  return applies === 'yes' && shownBy.length > 0
}
