import type { TSchema } from '@sinclair/typebox'

// What /docs fills in, and what generators print beside their types. An example stands at the field that it is of;
// those of bodies and answers are made of them.

export const EXAMPLE_PERSON = { title: 'Ms', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' }
export const EXAMPLE_ID = '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47'
export const EXAMPLE_SESSION_ID = '0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c'
export const EXAMPLE_EVENT_ID = '0199d6a2-1c4f-7a3b-9d61-5e8f7a6b5c4d'
export const EXAMPLE_MAIL_ID = '0199d6a3-4e8a-7f25-b0c7-2a9d8e1f6b30'
export const EXAMPLE_TIME = '2025-11-23T08:08:00.000Z'
export const EXAMPLE_PASSWORD = 'correct horse battery'
export const EXAMPLE_USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** What a value of this schema may look like; of an object, what is required of it. */
export function exampleOf(schema: TSchema): unknown {
  if (schema.examples) return schema.examples[0]
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'array') return [exampleOf(schema.items)]
  if (schema.type !== 'object') return schema.const
  return Object.fromEntries((schema.required ?? []).map((name: string) => [name, exampleOf(schema.properties[name])]))
}
