import { useTexts } from '../texts/language.tsx'
import { Field } from './field.tsx'

/** Whoever deletes an account types its address: nobody does that by a slip. */
export function ConfirmationField({ email }: { email: string }) {
  const { deletion, faults } = useTexts()
  return (
    <Field
      name="confirmation"
      label={deletion.confirmation(email)}
      autoComplete="off"
      spellCheck="false"
      validate={typed =>
        typed === '' || typed.trim().toLowerCase() === email.toLowerCase() ? null : faults.confirmation
      }
    />
  )
}
