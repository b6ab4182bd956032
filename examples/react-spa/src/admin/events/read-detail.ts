export interface Change {
  name: string
  before: unknown
  after: unknown
}

/** What changed, and whatever else an event tells. */
export function readDetail(detail: object | null): { changes: Change[]; others: [name: string, value: unknown][] } {
  const { before, after, ...others } = { before: undefined, after: undefined, ...detail }
  const old = valuesIn(before)
  const now = valuesIn(after)
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return {
    changes: names.map(name => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null })),
    others: Object.entries(others)
  }
}

function valuesIn(values: unknown): Map<string, unknown> {
  return new Map(typeof values === 'object' && values !== null ? Object.entries(values) : [])
}
