import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'

// What the rooms' schemas are made of. A `title` names a schema: plugins/openapi.ts lifts it into components. `x-…`
// keywords are checked by plugins/validation.ts together with everything else, so that one answer names every fault.

// No control characters, lone surrogates or line separators, and not only blanks. Every character is
// tried once: patterns see texts of any length, for maxLength does not stop them.
export const FREE_TEXT = '^(?!\\p{Z}*$)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$'

/** Besides `format: 'date-time'`: an offset of another place would be one more way to say the same. */
export const IN_UTC = 'Z$'

export const Time = Type.String({ format: 'date-time', description: 'UTC' })

/** A title or a name. */
export const FreeText = Type.String({ minLength: 1, maxLength: 80, pattern: FREE_TEXT })
const ADDRESS = { minLength: 3, maxLength: 254, format: 'email', examples: ['ada@example.com'] }
export const Email = Type.String(ADDRESS)

/** A password that is presented: any length that could ever have been accepted. */
export const PresentedPassword = Type.String({ minLength: 1, maxLength: 256 })

/** The password of who asks, for acts that want it. */
export const CurrentPassword = Type.String({
  minLength: 1,
  maxLength: 256,
  description:
    'Your own password, whoever’s account it is: for changes of password, e-mail address or role when you did not enter ' +
    'it lately. A right one counts like a sign-in from then on.'
})

/** A password that is chosen; src/passwords/policy.ts has the rest. */
export const NewPassword = Type.String({
  minLength: 1,
  maxLength: 256,
  description:
    'At least 8 characters (a server may ask for more) and at most 256; not a common password, and not based on your ' +
    'name, your e-mail address or the name of the service.'
})
export const ConfirmPassword = Type.String({
  maxLength: 256,
  'x-equals': 'password',
  description: 'The same as `password`.'
})

/** What a link in a mail brings. */
export const Secret = Type.String({ minLength: 1, maxLength: 200, description: 'The token from the link in the mail.' })

/** Eight digits, also in two groups as the mail shows them. */
export const CODE = '^\\d{4} ?\\d{4}$'

/**
 * What proves that a mail was read: the token of its link, or its code and the address that it went to. For bodies with
 * `'x-token-or-code': true`, which refuses neither and both; `anyOf` would spoil generated clients.
 */
export const Proof = {
  token: Type.Optional(Secret),
  email: Type.Optional(Type.String({ ...ADDRESS, description: 'With `code`: the address that the mail went to.' })),
  code: Type.Optional(
    Type.String({
      maxLength: 9,
      pattern: CODE,
      description: 'The eight digits from the mail, with `email`: instead of `token`.',
      examples: ['12345678']
    })
  )
}

/** For the descriptions of routes that take one. */
export const TOKEN_OR_CODE =
  'Send either `token`, which the link in the mail brings, or `email` and `code`, for who reads the mail on another ' +
  'device. A wrong code is a 400 at `/code`; after five of them in an hour every code is, until the hour is over. Links ' +
  'work all the while.'

export type Proof = Static<TObject<typeof Proof>>

/** A body: unknown fields are refused by name. */
export const Body = <T extends Record<string, TSchema>>(title: string, properties: T, options = {}) =>
  Type.Object(properties, { title, additionalProperties: false, ...options })

/** The 200 of a route: what it is in words, and headers that matter to clients. */
export function ok<T extends TSchema>(schema: T, description: string, headers?: Record<string, TSchema>) {
  return { description, ...(headers && { headers }), content: { 'application/json': { schema } } }
}

/**
 * What a form left blank counts as not given: the existing client sends its whole form, a search may have empty
 * boxes. Names that the schema does not know stay, and are refused.
 */
export function dropBlanks(given: unknown, { properties }: TObject): void {
  if (typeof given !== 'object' || given === null) return
  for (const name of Object.keys(properties)) if (Reflect.get(given, name) === '') Reflect.deleteProperty(given, name)
}

/** The answer of a route that has nothing to tell but how it went, for people. */
export const Message = Type.Object(
  { message: Type.String({ description: 'A sentence for people.' }) },
  { title: 'Message' }
)

/** All fields of the body are optional: without any, none needs to be sent. */
export async function readNothingAsEmpty(request: { body: unknown }): Promise<void> {
  if (request.body === undefined) request.body = {}
}
