export interface Change {
  name: string
  before: string
  after: string
}

/** What an event changed, as far as its detail tells it in words. */
export function changesOf(detail: object | null): Change[] {
  const { before, after } = { before: undefined, after: undefined, ...detail }
  const old = textsIn(before)
  return [...textsIn(after)].map(([name, value]) => ({ name, before: old.get(name) ?? '–', after: value }))
}

function textsIn(values: unknown): Map<string, string> {
  if (typeof values !== 'object' || values === null) return new Map()
  return new Map(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
