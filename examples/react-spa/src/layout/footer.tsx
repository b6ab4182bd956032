import { Link } from 'react-router'
import { Choice } from '../controls/choice.tsx'
import { isLanguage, LANGUAGES, useLanguage, useTexts } from '../texts/language.tsx'
import { APPEARANCES, useAppearance } from '../theme/appearance.ts'
import { otherPages } from './other-pages.ts'

const LANGUAGE_OPTIONS = Object.keys(LANGUAGES)
  .filter(isLanguage)
  .map(language => [language, LANGUAGES[language].name] as const)

export function Footer() {
  const { pages, preferences, terms } = useTexts()
  const { language, choose } = useLanguage()
  const [appearance, setAppearance] = useAppearance()
  return (
    <footer className="footer">
      <div className="footer-links">
        <Link to="/account/terms">{terms.title}</Link>
        {otherPages().map(({ name, path }) => (
          <a key={name} href={path}>
            {pages[name]}
          </a>
        ))}
      </div>
      <div className="footer-choices">
        <Choice label={preferences.language} value={language} options={LANGUAGE_OPTIONS} onChange={choose} />
        <Choice
          label={preferences.appearance}
          value={appearance}
          options={APPEARANCES.map(value => [value, preferences[value]] as const)}
          onChange={setAppearance}
        />
      </div>
    </footer>
  )
}
