import { existsSync } from 'node:fs'

export interface Requirement {
  id: string
  level: number
  /** `no`: the standard's own condition is not met here. `exception`: it is, and we decided otherwise. */
  applies: 'yes' | 'no' | 'exception'
  /** The standard's subject, in a few words. */
  topic: string
  /** Files that show it. */
  shownBy: string[]
  /** Why not; or what remains. */
  note: string
}

/**
 * A row of docs/asvs.csv.
 *
 * @throws Error naming the row that cannot be read
 */
export function readRequirement(row: Record<string, string>): Requirement {
  const { id = '', level, applies, topic = '', shown_by = '', note = '' } = row
  if (!/^V\d+\.\d+\.\d+$/.test(id) || !/^[123]$/.test(level ?? '')) throw new Error(`not a requirement: ${id} ${level}`)
  if (applies !== 'yes' && applies !== 'no' && applies !== 'exception')
    throw new Error(`${id} applies: yes, no or exception`)
  return { id, level: Number(level), applies, topic, shownBy: shown_by.split(' ').filter(Boolean), note }
}

/**
 * What the table says and the tests do not, or the other way round.
 *
 * @param marks files by requirement
 */
export function findFaults(
  requirements: readonly Requirement[],
  marks: ReadonlyMap<string, readonly string[]>
): string[] {
  const known = new Set(requirements.map(({ id }) => id))
  const unknown = [...marks].flatMap(([id, files]) =>
    known.has(id) ? [] : [`${files.join(', ')}: the standard has no ${id}`]
  )
  return [...unknown, ...requirements.flatMap(requirement => faultsOf(requirement, marks.get(requirement.id) ?? []))]
}

function faultsOf({ id, applies, shownBy, note }: Requirement, marked: readonly string[]): string[] {
  return [
    ...shownBy.filter(file => !existsSync(file)).map(file => `${id} is shown by ${file}, which does not exist`),
    ...shownBy.filter(file => !marked.includes(file)).map(file => `${id} is shown by ${file}, which has no such mark`),
    ...marked
      .filter(file => !shownBy.includes(file))
      .map(file => `${id} is marked in ${file}: npm run report:asvs -- --write`),
    ...(applies !== 'yes' && note === '' ? [`${id} does not say why it does not apply`] : [])
  ]
}
