import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { formsOf } from '../../test/support/secrets.ts'

/** Where a canary may be found: a secret nowhere, what we must know of a member in the database. */
export type Home = 'nowhere' | 'database'

export interface Canary {
  kind: string
  value: string
  home: Home
}

export interface Nest {
  canaries: Canary[]
  /** What was logged, at every level. */
  log: string[]
  stream: Writable
  /** Errors that were answered, headers included. */
  errors: string[]
  /** A new value of a kind, in the words of `text`. */
  hatch(kind: string, home?: Home, text?: (unique: string) => string): string
  /** A value that was made elsewhere. */
  watch(kind: string, value: string | undefined, home?: Home): void
}

export function createNest(): Nest {
  const log: string[] = []
  const nest: Nest = {
    canaries: [],
    log,
    errors: [],
    stream: new Writable({
      write(chunk, _, done) {
        log.push(String(chunk))
        done()
      }
    }),
    hatch(kind, home = 'nowhere', text = unique => `Canary ${unique} sings`) {
      const value = text(randomBytes(12).toString('hex'))
      nest.watch(kind, value, home)
      return value
    },
    watch(kind, value, home = 'nowhere') {
      if (value !== undefined) nest.canaries.push({ kind, value, home })
    }
  }
  return nest
}

/** Canaries that are heard in a text, each by its kind. */
export function heardIn(place: string, text: string, canaries: readonly Canary[]): string[] {
  return canaries
    .filter(({ value }) => songsOf(value).some(song => text.includes(song)))
    .map(({ kind }) => `${kind}: in ${place}`)
}

/** Tokens are bytes, and bytes have several spellings; texts are looked for as they are. */
function songsOf(value: string): string[] {
  return /^[\w-]{32,}$/.test(value)
    ? formsOf(value)
    : [value, encodeURIComponent(value), Buffer.from(value).toString('base64').slice(0, 20)]
}
