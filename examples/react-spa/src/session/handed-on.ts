type Words = Readonly<Partial<Record<string, string>>>

// The router's own state is kept by the browser, over a reload and a sign-out: it holds a number, and the words stay here.
const kept = new Map<string, Words>()
let made = 0

/**
 * Router state for the next page, so that nobody types twice what this one knows. It is in memory only, and until
 * somebody else signs in: neither a reload nor the way back shows the next person an address.
 */
export function handOn(words: Words): { handedOn: string } {
  const handedOn = `${performance.timeOrigin} ${++made}` // not taken for one of before a reload
  kept.set(handedOn, words)
  return { handedOn }
}

/** What the page before has handed on in the router's state; nothing when that is over. */
export function handedOn(state: unknown): Words {
  const known = typeof state === 'object' && state !== null && 'handedOn' in state && kept.get(String(state.handedOn))
  return known || {}
}

export function dropHandedOn(): void {
  kept.clear()
}
