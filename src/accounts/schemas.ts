import { type Static, Type } from '@sinclair/typebox'
import { EXAMPLE_ID, EXAMPLE_PERSON, EXAMPLE_TIME, exampleOf } from '../examples.ts'
import { idToText } from '../ids.ts'
import { pageQuery } from '../paging.ts'
import { Body, ConfirmPassword, CurrentPassword, NewPassword, orNull, person, Time, Uuid } from '../schemas.ts'
import { type Account, ROLES, type Role } from './table.ts'

const ROLE = { title: 'Role', type: 'string', enum: [...ROLES] }
const RoleName = Type.Unsafe<Role>(ROLE)

export const ACCOUNT_EXAMPLE = {
  id: EXAMPLE_ID,
  ...EXAMPLE_PERSON,
  role: 'User',
  created: EXAMPLE_TIME,
  updated: null,
  isVerified: true
}

export const AccountView = Type.Object(
  {
    id: Uuid,
    title: Type.String(),
    firstName: Type.String(),
    lastName: Type.String(),
    email: Type.String(),
    role: RoleName,
    created: Time,
    updated: orNull(Time, 'UTC; null until changed.'),
    isVerified: Type.Boolean({ description: 'Whether the member has proved that the address is theirs.' })
  },
  { title: 'Account', examples: [ACCOUNT_EXAMPLE] }
)
export type AccountView = Static<typeof AccountView>

export const CreateAccountRequest = Body(
  'CreateAccountRequest',
  {
    ...person,
    password: NewPassword,
    confirmPassword: ConfirmPassword,
    role: RoleName,
    currentPassword: Type.Optional(CurrentPassword)
  },
  { 'x-password-policy': true }
)
export const UpdateAccountRequest = Body(
  'UpdateAccountRequest',
  {
    ...Type.Partial(Type.Object(person)).properties,
    password: Type.Optional(NewPassword),
    confirmPassword: Type.Optional(ConfirmPassword),
    role: Type.Optional(RoleName),
    currentPassword: Type.Optional(CurrentPassword)
  },
  {
    'x-password-policy': true,
    dependentRequired: { password: ['confirmPassword'] },
    examples: [{ title: 'Countess', lastName: 'King' }],
    description: 'Omit a field to leave it unchanged (the server also accepts an empty string). `role` is for Admins.'
  }
)
export const DeleteAccountRequest = Body(
  'DeleteAccountRequest',
  { currentPassword: Type.Optional(CurrentPassword) },
  { examples: [{ currentPassword: exampleOf(CurrentPassword) }] }
)
export type DeleteAccountRequest = Static<typeof DeleteAccountRequest>
export type CreateAccountRequest = Static<typeof CreateAccountRequest>
export type UpdateAccountRequest = Static<typeof UpdateAccountRequest>

// No format: to a User a malformed id looks like somebody else's (403), to an Admin like a missing one (404).
export const AccountId = Type.Object({
  id: Type.String({ maxLength: 100, description: 'UUID of the account.', examples: [EXAMPLE_ID] })
})
export const ListQuery = Type.Object(
  {
    ...pageQuery('Accounts'),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        description: 'Prefix of the address or the last name; of an international domain, whole labels.'
      })
    ),
    role: Type.Optional(Type.Unsafe<Role>({ ...ROLE, description: 'Only accounts with this role.' }))
  },
  { additionalProperties: false }
)
export type ListQuery = Static<typeof ListQuery>

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
