import { Field } from '../../forms/field.tsx'
import { useTexts } from '../../texts/language.tsx'
import type { Draft } from './draft.ts'
import { RoleField } from './role-field.tsx'

const LONGEST_NAME = 80 // characters that the API takes
const LONGEST_EMAIL = 254

interface Props {
  draft: Draft
  onChange(changes: Partial<Draft>): void
  emailHint?: string
}

/**
 * Names, address and role of somebody else: unlike in a member's own forms the browser must not fill in who sits before
 * it, and the values can change while the form is open.
 */
export function MemberFields({ draft, onChange, emailHint }: Props) {
  const { fields } = useTexts()
  const text = (name: 'title' | 'firstName' | 'lastName' | 'email') => ({
    name,
    label: fields[name],
    value: draft[name],
    onChange: (value: string) => onChange({ [name]: value }),
    autoComplete: 'off',
    maxLength: name === 'email' ? LONGEST_EMAIL : LONGEST_NAME
  })
  return (
    <>
      <Field {...text('title')} suggestions={fields.titles} className="field short" />
      <div className="field-row">
        <Field {...text('firstName')} />
        <Field {...text('lastName')} />
      </div>
      <Field {...text('email')} type="email" spellCheck="false" hint={emailHint} />
      <RoleField value={draft.role} onChange={role => onChange({ role })} />
    </>
  )
}
