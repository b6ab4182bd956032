import { useTexts } from '../texts/language.tsx'
import { Field } from './field.tsx'

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
