import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { recall, store } from '../storage.ts'
import { de } from './de.ts'
import { en, type Texts } from './en.ts'

/** Every language by its own name. A new one is a file beside en.ts, and a line here. */
export const LANGUAGES = { en: { name: 'English', texts: en }, de: { name: 'Deutsch', texts: de } }
export type Language = keyof typeof LANGUAGES

interface Choice {
  language: Language
  /** With a region, for dates and numbers: en-AU writes them otherwise than en-US. */
  locale: string
  choose(language: Language): void
}

const LanguageContext = createContext<Choice | undefined>(undefined)

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage)
  useEffect(() => {
    document.documentElement.lang = language // client.ts sends it along, too
  }, [language])
  const choose = (chosen: Language) => {
    store('language', chosen)
    setLanguage(chosen)
  }
  const locale = navigator.languages.find(tag => languageOf(tag) === language) ?? language
  return (
    <I18nProvider locale={locale}>
      <LanguageContext value={{ language, locale, choose }}>{children}</LanguageContext>
    </I18nProvider>
  )
}

export function useLanguage(): Choice {
  const choice = useContext(LanguageContext)
  if (!choice) throw new Error('main.tsx puts the LanguageProvider around everything.')
  return choice
}

/** What the pages say, in the chosen language. */
export function useTexts(): Texts {
  return LANGUAGES[useLanguage().language].texts
}

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag)
}

/** The one chosen here before, or else the first of the browser's that there is. */
function preferredLanguage(): Language {
  return [recall('language') ?? '', ...navigator.languages.map(languageOf)].find(isLanguage) ?? 'en'
}

function languageOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}
