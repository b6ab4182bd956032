import { FieldError } from 'react-aria-components'
import type { Texts } from '../texts/en.ts'
import { useTexts } from '../texts/language.tsx'

/** What is wrong with the field around it, as the browser or the server found; in our words, whatever the browser's are. */
export function Fault({ words }: { words?: Partial<Record<keyof ValidityState, string>> }) {
  const texts = useTexts()
  return (
    <FieldError className="fault">
      {({ validationDetails, validationErrors }) => {
        const found = CHECKS.find(([check]) => validationDetails[check])
        return found ? (words?.[found[0]] ?? found[1](texts.faults)) : validationErrors.join(' ')
      }}
    </FieldError>
  )
}

/** What a browser checks by itself. Its own words come in the browser's language, which may be another one. */
const CHECKS: readonly [check: keyof ValidityState, say: (faults: Texts['faults']) => string][] = [
  ['valueMissing', faults => faults.required],
  ['typeMismatch', faults => faults.email],
  ['patternMismatch', faults => faults.code]
]
