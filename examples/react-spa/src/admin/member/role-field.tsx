import type { Role } from 'guildhall/client'
import { Label, RadioButton, RadioField, RadioGroup, Text } from 'react-aria-components'
import { Fault } from '../../forms/fault.tsx'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'

const ROLES: readonly Role[] = ['User', 'Admin']

/** Both roles with what they mean: who makes an Admin should not have to guess. */
export function RoleField({ value, onChange }: { value: Role; onChange(role: Role): void }) {
  const { overview } = useTexts()
  const { roles } = useAdminTexts()
  const choose = (chosen: string) => {
    const role = ROLES.find(known => known === chosen)
    if (role) onChange(role)
  }
  return (
    <RadioGroup className="field" name="role" value={value} onChange={choose}>
      <Label>{overview.role}</Label>
      {ROLES.map(role => (
        <RadioField key={role} value={role}>
          <RadioButton className="radio">
            <span className="radio-dot" />
            {overview.roles[role]}
          </RadioButton>
          <Text slot="description" className="hint radio-hint">
            {roles[role]}
          </Text>
        </RadioField>
      ))}
      <Fault />
    </RadioGroup>
  )
}
