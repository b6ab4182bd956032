import { useContext, useState } from 'react'
import { FormValidationContext, Label, Meter } from 'react-aria-components'
import { useTexts } from '../texts/language.tsx'
import { PasswordField } from './password-field.tsx'
import { useStrength } from './strength.ts'
import type { Estimate } from './zxcvbn.ts'

const NOBODY: readonly string[] = []

interface Props {
  label?: string
  /** Names and addresses of the member, which are no good in a password. */
  personal?: readonly string[]
}

/** A password to choose, with its strength as one types. */
export function NewPasswordField({ label, personal = NOBODY }: Props) {
  const texts = useTexts()
  const [password, setPassword] = useState('')
  const strength = useStrength(password, personal)
  const isRefused = 'password' in useContext(FormValidationContext)
  return (
    <div className="new-password">
      <PasswordField
        label={label ?? texts.fields.newPassword}
        autoComplete="new-password"
        hint={texts.password.hint}
        onChange={setPassword}
      />
      <StrengthMeter strength={strength && isRefused ? refused(strength) : strength} />
    </div>
  )
}

/** The server knows more passwords, and more of the member: what it refuses is not fair, whatever it looks like. */
function refused({ advice }: Estimate): Estimate {
  return { score: 0, advice: advice ?? 'more' }
}

/** It keeps its place while there is nothing to show. */
function StrengthMeter({ strength }: { strength: Estimate | undefined }) {
  const { password } = useTexts()
  const level = strength ? (password.levels[strength.score] ?? '') : ''
  const advice = strength && (strength.advice ? password.advice[strength.advice] : password.good)
  return (
    <div className="strength" data-score={strength?.score}>
      <Meter value={strength?.score ?? 0} maxValue={4} valueLabel={level || '–'}>
        {({ percentage, valueText }) => (
          <>
            <div className="strength-head">
              <Label>{password.strength}</Label>
              <span>{valueText}</span>
            </div>
            <div className="strength-track">
              <div className="strength-bar" style={{ inlineSize: strength ? `${Math.max(8, percentage)}%` : 0 }} />
            </div>
          </>
        )}
      </Meter>
      <p className="hint" aria-live="polite">
        {advice}
      </p>
    </div>
  )
}
