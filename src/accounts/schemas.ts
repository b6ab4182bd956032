import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { idToText } from '../ids.ts'
import { type Account, ROLES } from './table.ts'

// A `title` names a schema: plugins/openapi.ts lifts it into components. `x-…` keywords are checked
// by plugins/validation.ts together with everything else, so that one answer names every fault.

// No control characters, lone surrogates or line separators, and not only blanks. Every character is
// tried once: patterns see texts of any length, for maxLength does not stop them.
const FREE_TEXT = '^(?!\\p{Z}*$)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$'

export const FreeText = Type.String({ minLength: 1, maxLength: 80, pattern: FREE_TEXT })
export const Email = Type.String({ minLength: 3, maxLength: 254, format: 'email', examples: ['ada@example.com'] })
/** A password that is presented: any length that could ever have been accepted. */
export const PresentedPassword = Type.String({ minLength: 1, maxLength: 256 })
/** A password that is chosen; src/passwords/policy.ts has the rest. */
export const NewPassword = Type.String({
  minLength: 1,
  maxLength: 256,
  description: 'PASSWORD_MIN_LENGTH to 256 characters, not a common password, not made of your own data.'
})
export const ConfirmPassword = Type.String({
  maxLength: 256,
  'x-equals': 'password',
  description: 'The same as password.'
})
export const Secret = Type.String({ minLength: 1, maxLength: 200, description: 'The token from the link in the mail.' })
const RoleName = Type.Unsafe<(typeof ROLES)[number]>({ type: 'string', enum: [...ROLES] })

/** A body: unknown fields are refused by name. */
export const Body = <T extends Record<string, TSchema>>(title: string, properties: T, options = {}) =>
  Type.Object(properties, { title, additionalProperties: false, ...options })

const Time = Type.String({ format: 'date-time', description: 'UTC' })

export const AccountView = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    title: Type.String(),
    firstName: Type.String(),
    lastName: Type.String(),
    email: Type.String(),
    role: RoleName,
    created: Time,
    updated: Type.Union([Time, Type.Null()]),
    isVerified: Type.Boolean()
  },
  { title: 'Account' }
)
export type AccountView = Static<typeof AccountView>

export const Message = Type.Object({ message: Type.String() }, { title: 'Message' })

const person = { title: FreeText, firstName: FreeText, lastName: FreeText, email: Email }

export const CreateAccount = Body(
  'CreateAccount',
  { ...person, password: NewPassword, confirmPassword: ConfirmPassword, role: RoleName },
  { 'x-password-policy': true }
)
export const UpdateAccount = Body(
  'UpdateAccount',
  {
    ...Type.Partial(Type.Object(person)).properties,
    password: Type.Optional(NewPassword),
    confirmPassword: Type.Optional(ConfirmPassword),
    role: Type.Optional(RoleName)
  },
  { dependentRequired: { password: ['confirmPassword'] }, description: 'Empty strings mean "unchanged".' }
)
export type CreateAccount = Static<typeof CreateAccount>
export type UpdateAccount = Static<typeof UpdateAccount>

export const AccountId = Type.Object({ id: Type.String({ maxLength: 100 }) })
export const ListQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1000, description: 'From the Link header of the page before.' })
    ),
    q: Type.Optional(
      Type.String({ minLength: 1, maxLength: 254, description: 'Prefix of the address or the last name.' })
    ),
    role: Type.Optional(RoleName)
  },
  { additionalProperties: false }
)

/** An account as clients see it. */
export function presentAccount(account: Account): AccountView {
  return {
    id: idToText(account.id),
    title: account.title,
    firstName: account.first_name,
    lastName: account.last_name,
    email: account.email,
    role: account.role,
    created: account.created_at.toISOString(),
    updated: account.updated_at?.toISOString() ?? null,
    isVerified: account.verified_at !== null
  }
}
