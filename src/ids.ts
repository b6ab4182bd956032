import { randomInt } from 'node:crypto'
import { parse, stringify, v7, validate } from 'uuid'
import type { Clock } from './clock.ts'

/**
 * Identifiers are made by the client of the database (this process), so that the outcome of a
 * COMMIT whose answer was lost can be looked up, and time-ordered (UUIDv7, RFC 9562 §5.7), so
 * that the primary key is the order of creation. In the database BINARY(16), in JSON their text.
 */
export type Id = Buffer

let last = { msecs: 0, seq: 0 }

/** A new id; later ones of this process sort after earlier ones, within a millisecond, too (RFC 9562 §6.2). */
export function newId(clock: Clock): Id {
  const msecs = clock().getTime()
  last = { msecs, seq: msecs === last.msecs ? last.seq + 1 : randomInt(2 ** 31) }
  return v7(last, Buffer.alloc(16))
}

/** What sorts before every id made at `time` or later, and after every earlier one. */
export function firstIdAt(time: Date): Id {
  const id = Buffer.alloc(16)
  id.writeUIntBE(Math.max(0, time.getTime()), 0, 6)
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
