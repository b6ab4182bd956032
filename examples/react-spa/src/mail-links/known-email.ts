/** The address that the page before has handed on in the router's state, so that nobody types it twice. */
export function emailIn(state: unknown): string | undefined {
  return valueIn(state, 'email')
}

export function valueIn(state: unknown, name: string): string | undefined {
  if (typeof state !== 'object' || state === null) return undefined
  const value: unknown = Object.entries(state).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : undefined
}
