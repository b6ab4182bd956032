import { type ReactNode, useState } from 'react'
import { Group, Input, Label, TextField, ToggleButton } from 'react-aria-components'
import { Icon } from '../controls/icon.tsx'
import { useTexts } from '../texts/language.tsx'
import { Fault } from './fault.tsx'
import { Hint } from './hint.tsx'

interface Props {
  name?: string
  label?: string
  autoComplete?: 'current-password' | 'new-password'
  hint?: ReactNode
  onChange?(value: string): void
}

/** A password that can be looked at: whoever sees what he types does not need to type it twice. */
export function PasswordField({ name = 'password', label, autoComplete = 'current-password', hint, onChange }: Props) {
  const texts = useTexts()
  const [isShown, show] = useState(false)
  return (
    <TextField
      isRequired
      className="field"
      name={name}
      type={isShown ? 'text' : 'password'}
      autoComplete={autoComplete}
      autoCorrect="off"
      spellCheck="false"
      onChange={onChange}
    >
      <Label>{label ?? texts.fields.password}</Label>
      <Group className="input-group">
        <Input className="input" autoCapitalize="none" />
        <ToggleButton className="reveal" isSelected={isShown} onChange={show} aria-label={texts.password.show}>
          <Icon name={isShown ? 'covered' : 'eye'} />
        </ToggleButton>
      </Group>
      <Hint>{hint}</Hint>
      <Fault />
    </TextField>
  )
}
