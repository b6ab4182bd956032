import { Type } from '@sinclair/typebox'
import { Problem } from './errors.ts'

// Optimistic concurrency by entity tags (RFC 9110 §8.8.3, §13.1.1): whoever names the version that the edit began with
// does not overwrite what somebody else has changed meanwhile. An account's tag is its version.

const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g

/** `*`, or a list of tags, empty elements allowed (RFC 9110 §5.6.1). Every character is tried once. */
export const IF_MATCH = `^(?:\\*|(?:,[ \\t]*)*${ENTITY_TAG.source}[ \\t]*(?:,[ \\t]*(?:${ENTITY_TAG.source}[ \\t]*)?)*)$`

/** The request headers of a route that changes an account. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      pattern: IF_MATCH,
      maxLength: 1000,
      description: 'The `ETag` that the edit began with, a list of them, or `*`: another version is refused with 412.'
    })
  )
})

/** The answer's header for it. */
export const ETag = Type.String({ description: 'The version of the account, for `If-Match`.', examples: ['"3"'] })

/** The strong entity tag of an account as it is now. */
export function etagOf({ version }: { version: number }): string {
  return `"${version}"`
}

/**
 * Holds what the client saw against the row, which the transaction has locked. Weak tags never match: the comparison is
 * the strong one. Without the header, and with `*`, every version will do.
 *
 * @param ifMatch the header, in the form that IF_MATCH demands
 * @throws Problem precondition_failed (412)
 */
export function requireMatch(ifMatch: string | undefined, account: { version: number }): void {
  if (ifMatch === undefined || ifMatch === '*') return
  const tags: string[] = ifMatch.match(ENTITY_TAG) ?? []
  if (!tags.includes(etagOf(account))) throw new Problem('precondition_failed')
}
