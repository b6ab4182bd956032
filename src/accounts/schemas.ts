import { type Static, Type } from '@sinclair/typebox'
import { idToText } from '../ids.ts'
import { Body, ConfirmPassword, Email, FreeText, NewPassword } from '../schemas.ts'
import { type Account, ROLES } from './table.ts'

const RoleName = Type.Unsafe<(typeof ROLES)[number]>({ type: 'string', enum: [...ROLES] })

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
