// Choices of this browser. It may refuse to keep them (private windows, policies): then they last until the next load.

const PREFIX = 'guildhall.'

export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined
  } catch {
    return undefined
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // see above
  }
}
