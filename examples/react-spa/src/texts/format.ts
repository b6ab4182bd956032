import { useMemo } from 'react'
import { useLanguage } from './language.tsx'

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60]
]

export interface Format {
  /** 24 November 2025 */
  day(iso: string): string
  /** 24 Nov 2025 */
  date(iso: string): string
  /** 24 Nov 2025, 19:30 */
  moment(iso: string): string
  /** 19:30 */
  time(iso: string): string
  /** 5 minutes ago, yesterday */
  ago(iso: string): string
}

/** Times as the reader writes them. */
export function useFormat(): Format {
  const { locale } = useLanguage()
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    return {
      day: iso => day.format(new Date(iso)),
      date: iso => date.format(new Date(iso)),
      moment: iso => moment.format(new Date(iso)),
      time: iso => time.format(new Date(iso)),
      ago: iso => {
        const seconds = Math.max(0, (Date.now() - new Date(iso).getTime()) / 1000)
        const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? ['minute', 60]
        return relative.format(-Math.floor(seconds / size), unit)
      }
    }
  }, [locale])
}
