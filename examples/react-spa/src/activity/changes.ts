export interface Change {
  name: string
  before: string | undefined
  after: string
}

/** What an event changed, as far as its detail tells it in words: `{ before, after }` by fields, or addresses `{ from, to }`. */
export function changesOf(detail: object | null): Change[] {
  const { before, after, from, to } = { before: undefined, after: undefined, from: undefined, to: undefined, ...detail }
  const old = textsIn(before)
  const fields = [...textsIn(after)].map(([name, value]) => ({ name, before: old.get(name), after: value }))
  const addresses = textsIn({ from, to })
  const address = addresses.get('to')
  return address === undefined ? fields : [...fields, { name: 'email', before: addresses.get('from'), after: address }]
}

function textsIn(values: unknown): Map<string, string> {
  if (typeof values !== 'object' || values === null) return new Map()
  return new Map(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
