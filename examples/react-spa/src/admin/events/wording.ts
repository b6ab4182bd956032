import { useFormat } from '../../texts/format.ts'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'

const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/** The names and values in the detail of an event as people say them; what we have no words for stays as it is. */
export function useWording(): { label(name: string): string; text(value: unknown): string } {
  const { fields, overview, events: eventNames } = useTexts()
  const { events, mail } = useAdminTexts()
  const format = useFormat()
  const labels = { ...fields, ...events.names }
  const words = { ...eventNames, ...mail.templates, ...overview.roles }
  const text = (value: unknown): string => {
    if (value === null || value === '') return events.nothing
    if (typeof value === 'boolean') return value ? events.yes : events.no
    if (typeof value !== 'string') return JSON.stringify(value)
    return TIME.test(value) ? format.moment(value) : (textIn(words, value) ?? value)
  }
  return { label: name => textIn(labels, name) ?? name, text }
}

function textIn(texts: Record<string, unknown>, name: string): string | undefined {
  const found = Object.hasOwn(texts, name) ? texts[name] : undefined
  return typeof found === 'string' ? found : undefined
}
