import { useTexts } from '../texts/language.tsx'
import { Field } from './field.tsx'

/** Eight digits, as the mail groups them or in a row. */
export function CodeField() {
  const { fields } = useTexts()
  return (
    <Field
      name="code"
      label={fields.code}
      hint={fields.codeHint}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*\d{4}\s?\d{4}\s*"
      inputClassName="code"
    />
  )
}

/** As the API takes it: a code that is copied out of a mail may bring blanks. */
export function codeOf(typed: string): string {
  return typed.replace(/\s/g, '')
}
