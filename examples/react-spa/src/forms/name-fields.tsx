import { useTexts } from '../texts/language.tsx'
import { Field } from './field.tsx'

const LONGEST = 80 // characters of a name that the API takes

type Name = 'title' | 'firstName' | 'lastName'

interface Props {
  known: Partial<Record<Name, string>>
  onChange?(name: Name, value: string): void
}

/** How a member is addressed. */
export function NameFields({ known, onChange }: Props) {
  const { fields } = useTexts()
  const common = (name: Name) => ({
    name,
    label: fields[name],
    defaultValue: known[name],
    maxLength: LONGEST,
    onChange: (value: string) => onChange?.(name, value)
  })
  return (
    <>
      <Field
        {...common('title')}
        autoComplete="honorific-prefix"
        suggestions={fields.titles}
        hint={fields.titleHint}
        className="field short"
      />
      <div className="field-row">
        <Field {...common('firstName')} autoComplete="given-name" />
        <Field {...common('lastName')} autoComplete="family-name" />
      </div>
    </>
  )
}
