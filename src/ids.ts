import { parse, stringify, v7, validate } from 'uuid'
import type { Clock } from './clock.ts'

/**
 * Identifiers are made by the client of the database (this process), so that the outcome of a
 * COMMIT whose answer was lost can be looked up, and time-ordered (UUIDv7, RFC 9562 §5.7), so
 * that the primary key is the order of creation. In the database BINARY(16), in JSON their text.
 */
export type Id = Buffer

/** A new id; later ones sort after earlier ones. */
export function newId(clock: Clock): Id {
  return v7({ msecs: clock().getTime() }, Buffer.alloc(16))
}

/** The least id that can be made at `time`: what sorts before it is older. */
export function firstIdAt(time: Date): Id {
  const id = Buffer.alloc(16)
  id.writeUIntBE(time.getTime(), 0, 6)
  return id
}

/** The canonical text of an id: lower case, with hyphens. */
export function idToText(id: Id): string {
  return stringify(id)
}

/** The id that `text` spells, or undefined: whoever asks decides what a malformed id means. */
export function idFromText(text: string): Id | undefined {
  return validate(text) ? Buffer.from(parse(text)) : undefined
}
