import type { components } from './schema.ts'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type Role = Schemas['Role']
/** A session as its owner sees it: a device. */
export type DeviceSession = Schemas['Session']
export type AuditEvent = Schemas['Event']
export type Credentials = Pick<Schemas['AuthenticateRequest'], 'email' | 'password'>
export type SignedIn = Schemas['SignedIn']
