import { de } from '../texts/de-admin.ts'
import { type AdminTexts, en } from '../texts/en-admin.ts'
import { type Language, useLanguage } from '../texts/language.tsx'

const TEXTS: Readonly<Record<Language, AdminTexts>> = { en, de }

/** What the pages for Admins say, in the chosen language. */
export function useAdminTexts(): AdminTexts {
  return TEXTS[useLanguage().language]
}
