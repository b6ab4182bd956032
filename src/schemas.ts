import { type SchemaOptions, type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { EXAMPLE_PASSWORD, EXAMPLE_PERSON, EXAMPLE_TIME, exampleOf } from './examples.ts'

// What the rooms' schemas are made of. A `title` names a schema: plugins/openapi.ts lifts it into components. `x-…`
// keywords are checked by plugins/validation.ts together with everything else, so that one answer names every fault.

// No control characters, lone surrogates or line separators, and not only blanks. Every character is
// tried once: patterns see texts of any length, for maxLength does not stop them.
export const FREE_TEXT = '^(?!\\p{Z}*$)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$'

/** Besides `format: 'date-time'`: an offset of another place would be one more way to say the same. */
export const IN_UTC = 'Z$'

export const Uuid = Type.String({ format: 'uuid' })

export const Time = Type.String({ format: 'date-time', description: 'UTC', examples: [EXAMPLE_TIME] })

/** Or null. As `type: […, "null"]`: of `anyOf` generators make wrappers. */
export function orNull<T extends TSchema>({ type, ...schema }: T, description: string) {
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [type, 'null'], description })
}

/** A title or a name. */
const freeText = (example: string) =>
  Type.String({ minLength: 1, maxLength: 80, pattern: FREE_TEXT, examples: [example] })
const ADDRESS = { minLength: 3, maxLength: 254, format: 'email', examples: [EXAMPLE_PERSON.email] }
export const Email = Type.String(ADDRESS)

/** Who somebody is. */
export const person = {
  title: freeText(EXAMPLE_PERSON.title),
  firstName: freeText(EXAMPLE_PERSON.firstName),
  lastName: freeText(EXAMPLE_PERSON.lastName),
  email: Email
}

/** A password that is presented: any length that could ever have been accepted. */
export const PresentedPassword = Type.String({ minLength: 1, maxLength: 256, examples: [EXAMPLE_PASSWORD] })

/** The password of who asks, for acts that want it. */
export const CurrentPassword = Type.String({
  minLength: 1,
  maxLength: 256,
  description:
    'Your own password, whoever’s account it is: for acts that want it, when you did not enter it lately. A right one ' +
    'counts like a sign-in from then on.',
  examples: [EXAMPLE_PASSWORD]
})

/** A password that is chosen; src/passwords/policy.ts has the rest. */
export const NewPassword = Type.String({
  minLength: 1,
  maxLength: 256,
  description:
    'At least 8 characters (a server may ask for more) and at most 256; not a common password, and not based on your ' +
    'name, your e-mail address or the name of the service.',
  examples: [EXAMPLE_PASSWORD]
})
export const ConfirmPassword = Type.String({
  maxLength: 256,
  'x-equals': 'password',
  description: 'The same as `password`.',
  examples: [EXAMPLE_PASSWORD]
})

/** What a link in a mail brings. */
export const Secret = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'The token from the link in the mail.',
  examples: ['ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8']
})

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
  'Send either `token`, which the link in the mail brings, or `email` and `code`, for whoever reads the mail on another ' +
  'device. A code that is wrong, used or expired is 400 at `/code`. After five wrong ones in an hour every code of the ' +
  'account is, until the hour is over; links work all the while.'

export type Proof = Static<TObject<typeof Proof>>

/** A body: unknown fields are refused by name. */
export function Body<T extends Record<string, TSchema>>(title: string, properties: T, options: SchemaOptions = {}) {
  const body = Type.Object(properties, { title, additionalProperties: false, ...options })
  return options.examples || options['x-examples'] ? body : { ...body, examples: [exampleOf(body)] }
}

/** Two examples of a body with a Proof, and what it asks for besides. */
export function provenBy(rest: object = {}) {
  const { token, email, code } = Proof
  return {
    'the link': { value: { token: exampleOf(token), ...rest } },
    'the code': { value: { email: exampleOf(email), code: exampleOf(code), ...rest } }
  }
}

/** The 200 of a route: what it is in words, headers that matter to clients, and an example where the schema has none. */
export function ok<T extends TSchema>(
  schema: T,
  description: string,
  headers?: Record<string, TSchema>,
  example = exampleOf(schema)
) {
  return { description, ...(headers && { headers }), content: { 'application/json': { schema, example } } }
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
const Message = Type.Object({ message: Type.String({ description: 'A sentence for people.' }) }, { title: 'Message' })

/** The 200 of such a route, and what it says. */
export function told(description: string, message: Static<typeof Message>, headers?: Record<string, TSchema>) {
  return ok(Message, description, headers, message)
}

/** All fields of the body are optional: without any, none needs to be sent. */
export async function readNothingAsEmpty(request: { body: unknown }): Promise<void> {
  if (request.body === undefined) request.body = {}
}
