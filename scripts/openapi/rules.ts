// What a minor version may not do to those who call, and what to do instead. The policy, in words for users, stands in
// docs/clients.md; why the check is our own, in docs/decisions/0026-openapi-as-a-product.md.

export const RULES = {
  'operation-gone': ['the operation is gone', 'Keep it, deprecated, until the next major version.'],
  'operation-renamed': ['has another operationId', 'Keep the old one: generated clients call the operation by it.'],
  'schema-gone': ['the named schema is gone', 'Keep the name: generated clients have a type of it.'],
  'security-added': ['who could call it no longer can', 'Let in whoever was let in, or make a new operation.'],
  'parameter-gone': ['the parameter is gone', 'Go on taking it, and ignore it if need be.'],
  'parameter-required': ['the parameter is required', 'Make it optional, and decide for those who do not send it.'],
  'body-gone': ['the body is gone', 'Go on taking it, and ignore it if need be.'],
  'body-required': ['the body is required', 'Make it optional, and decide for those who do not send it.'],
  'media-type-gone': ['the media type is gone', 'Keep it beside the new one.'],
  'status-gone': ['the status is gone', 'Keep it in the document: generated clients have a case for it.'],
  'success-added': ['a new status of success', 'Answer the old one: clients take every other for a failure.'],
  'header-gone': ['the header is gone', 'Go on sending it.'],
  'field-gone': ['the field is gone', 'Keep it, deprecated, until the next major version.'],
  'field-required': ['the field is required', 'Make it optional, and decide for those who do not send it.'],
  'field-optional': ['the field may be missing', 'Go on sending it always.'],
  'type-changed': ['has another type', 'Make a new field beside the old one.'],
  'format-changed': ['has another format', 'Make a new field beside the old one.'],
  'value-refused': ['a value is no longer taken', 'Go on taking it.'],
  'value-added': ['a value that clients do not know', 'Make a new field, or wait for the next major version.'],
  'value-gone': ['a value is gone from a list that only grows', 'Keep it in the list.'],
  'limit-narrowed': ['a limit is narrower', 'Go on taking what was taken, and giving no more than was given.'],
  'default-changed': ['has another default', 'Keep it: clients that do not send the field rely on it.'],
  'not-comparable': ['changed in a way that this check does not know', 'Undo it, or teach scripts/openapi about it.']
} as const satisfies Record<string, readonly [broken: string, remedy: string]>

/** Lists that grow in minor versions: clients must bear a value that they do not know. */
export const GROWING = ['ErrorCode', 'EventName']

export interface Break {
  rule: keyof typeof RULES
  /** A JSON pointer, into the released document where something is gone. */
  pointer: string
  detail: string
}
