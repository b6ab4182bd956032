import { ApiError, type components, type ErrorCode } from 'guildhall/client'
import type { Texts } from '../texts/en.ts'

type Fault = components['schemas']['Fault']

/** What the server says of a field, and what we say instead, in the reader's language. */
const WORDS: readonly [said: RegExp, say: (texts: Texts['faults'], n: number) => string][] = [
  [/^is required$|^must not be empty$/, texts => texts.required],
  [/^must be an e-mail address$/, texts => texts.email],
  [/^must be the eight digits from the mail$/, texts => texts.code],
  [/^is wrong, used or no longer valid$/, texts => texts.wrongCode],
  [/^must not be blank or contain control characters$/, texts => texts.blank],
  [/^must be at least (\d+) characters long$/, (texts, n) => texts.tooShort(n)],
  [/^must be at most (\d+) characters long$/, (texts, n) => texts.tooLong(n)],
  [/^is one of the most common passwords$/, texts => texts.commonPassword],
  [/^must not be based on your name, /, texts => texts.personalPassword],
  [/^is not your current password$/, texts => texts.currentPassword],
  [/^must be accepted$/, texts => texts.terms],
  [/^must be in the future$/, texts => texts.future]
]

/** Codes that are about one field of a form, by its name: `email_taken` about `email`. */
export type Places = Partial<Record<ErrorCode | 'unexpected_response', string>>

/** The faults of a refused request by the name of their field, as React Aria's Form takes them. */
export function faultsByField(error: Error | null, texts: Texts, places: Places = {}): Record<string, string[]> {
  const byField: Record<string, string[]> = {}
  const place = error instanceof ApiError && places[error.code]
  if (place) byField[place] = [texts.errors[error.code]]
  for (const fault of faultsOf(error)) {
    const field = fieldOf(fault)
    byField[field] = [...(byField[field] ?? []), sentenceOf(fault, texts)]
  }
  return byField
}

/** Faults of fields that a form does not have; there is no better place for them than the alert. */
export function faultsElsewhere(error: Error | null, form: HTMLFormElement, texts: Texts): string[] {
  return faultsOf(error)
    .filter(fault => !form.elements.namedItem(fieldOf(fault)))
    .map(fault => `${fieldOf(fault)}: ${sentenceOf(fault, texts)}`)
}

function faultsOf(error: Error | null): readonly Fault[] {
  return error instanceof ApiError ? error.faults : []
}

/** The last part of the JSON pointer. */
function fieldOf({ path }: Fault): string {
  return path.split('/').at(-1) ?? ''
}

function sentenceOf({ message }: Fault, { faults }: Texts): string {
  for (const [said, say] of WORDS) {
    const match = said.exec(message)
    if (match) return say(faults, Number(match[1]))
  }
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}
