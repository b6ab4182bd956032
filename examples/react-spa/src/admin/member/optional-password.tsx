import { useState } from 'react'
import { CheckboxButton, CheckboxField, Text } from 'react-aria-components'
import { Icon } from '../../controls/icon.tsx'
import { NewPasswordField } from '../../forms/new-password-field.tsx'
import { useAdminTexts } from '../texts.ts'

/** A password for the member: only where it is wanted. An empty field beside the others would ask for one. */
export function OptionalPassword({ personal }: { personal: readonly string[] }) {
  const { edit } = useAdminTexts()
  const [isWanted, want] = useState(false)
  return (
    <>
      <CheckboxField className="field" isSelected={isWanted} onChange={want}>
        <CheckboxButton className="checkbox">
          <span className="checkbox-box">
            <Icon name="check" />
          </span>
          {edit.changePassword}
        </CheckboxButton>
        <Text slot="description" className="hint radio-hint">
          {edit.changePasswordHint}
        </Text>
      </CheckboxField>
      {isWanted && <NewPasswordField personal={personal} />}
    </>
  )
}
