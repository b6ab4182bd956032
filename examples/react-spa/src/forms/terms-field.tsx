import { CheckboxButton, CheckboxField } from 'react-aria-components'
import { Icon } from '../controls/icon.tsx'
import { useTexts } from '../texts/language.tsx'
import { Fault } from './fault.tsx'

/** The link opens a tab of its own: nothing that was typed gets lost. */
export function TermsField() {
  const texts = useTexts()
  return (
    <CheckboxField className="field" name="acceptTerms" isRequired>
      <CheckboxButton className="checkbox">
        <span className="checkbox-box">
          <Icon name="check" />
        </span>
        {texts.signUp.terms}
      </CheckboxButton>
      <a className="checkbox-link" href="/account/terms" target="_blank" rel="noopener">
        {texts.signUp.readTerms} <span className="visually-hidden">{texts.signUp.newTab}</span>
      </a>
      <Fault words={{ valueMissing: texts.faults.terms }} />
    </CheckboxField>
  )
}
