import { useTexts } from '../texts/language.tsx'
import { Field } from './field.tsx'

interface Props {
  label?: string
  defaultValue?: string
  /** Whether it is a new one, which the browser cannot know. */
  isNew?: boolean
  onChange?(value: string): void
  /** @returns what is wrong, if anything */
  validate?(value: string): string | null
}

export function EmailField({ label, isNew = false, ...props }: Props) {
  const texts = useTexts()
  return (
    <Field
      {...props}
      name="email"
      type="email"
      label={label ?? texts.fields.email}
      autoComplete={isNew ? 'email' : 'username'}
      spellCheck="false"
    />
  )
}
