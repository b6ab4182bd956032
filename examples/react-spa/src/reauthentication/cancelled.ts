/** Thrown where the member does not want to enter the password: the act did not happen, and nothing is wrong. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

export function isCancelled(error: Error): boolean {
  return error instanceof Cancelled
}
