import { after, SECOND } from '../clock.ts'
import { PUBLISHED_FOR, REREAD_EVERY } from '../tokens/rotation.ts'
import type { SigningKey } from '../tokens/signing-keys.ts'
import type { KeyChange, PasswordCount } from './keys.ts'

// What the command line says of keys: their public ids, and never the keys themselves.

/** A line for each key. */
export function describeKeys(keys: readonly SigningKey[]): string[] {
  return keys.map(({ kid, state, since }) => `${state.padEnd(8)} ${kid}${since ? ` since ${since.toISOString()}` : ''}`)
}

/** What was done, and what comes next. */
export function describeChange({ done, file, isNew, keys }: KeyChange): string[] {
  const published = keys.find(({ state }) => state === 'next')?.since
  return [
    ...describeKeys(keys),
    ...(done === 'announced'
      ? ['there was no next key: one is published now, and the current one goes on signing']
      : []),
    isNew
      ? `written to ${file}: set JWT_PRIVATE_KEYS to this path on every instance, and restart them one by one (docs/keys.md)`
      : `written to ${file}: running servers read it within ${REREAD_EVERY / SECOND} s, without a restart`,
    ...(published ? [`the next key may sign from ${after(published, PUBLISHED_FOR).toISOString()} on`] : [])
  ]
}

/** How far a rotation of SECRET has come. */
export function describePasswords({ current, older, lost }: PasswordCount): string[] {
  return [`password hashes under the first secret of SECRET: ${current}, under another: ${older}, under none: ${lost}`]
}
