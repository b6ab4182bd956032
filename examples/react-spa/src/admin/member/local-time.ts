// What <input type="datetime-local"> takes and gives is the time on the reader's wall; the API speaks UTC.

/** @returns undefined where nothing was chosen */
export function fromLocal(typed: string): string | undefined {
  const time = new Date(typed)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** To the minute. */
export function toLocal(iso: string): string {
  const time = new Date(iso)
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
