import { DAY, HOUR, MINUTE } from '../clock.ts'
import { chooseLocale, LOCALES, type Locale } from '../locales.ts'
import { splitSecret } from '../tokens/one-time-secret.ts'
import { type Letter, layOut } from './layout.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import {
  BUTTONS,
  type MailText,
  type MailTexts,
  type MailTextWithButton,
  TEMPLATES,
  type Template
} from './texts/index.ts'

export { type MailTexts, TEMPLATES, type Template }

/** What mails are told besides their secret; it waits in the outbox as JSON. */
export interface MailData {
  firstName?: string
  newEmail?: string
  /** How long the secret holds, in ms. */
  validFor?: number
  /** When it happened, ISO 8601. */
  at?: string
  /** When it ends, ISO 8601. */
  until?: string
  userAgent?: string | null
  ip?: string
  role?: string
}

export interface RenderOptions {
  /** The web client's base URL: the only source of links. */
  clientUrl: string
  /**
   * A host application's own wording, by language. It replaces ours mail by mail; what it lacks comes from ours in
   * the same language, or in English for a language we do not have.
   */
  texts?: Partial<Record<string, Partial<MailTexts>>>
  /** Languages that there is wording for: ours and the host's. */
  languages: readonly string[]
}

export interface RenderedMail {
  subject: string
  html: string
  text: string
  /** The language it came out in, for Content-Language. */
  locale: string
}

const TEXTS: Record<Locale, MailTexts> = { en, de }
const UNITS = [
  ['day', DAY, 2 * DAY],
  ['hour', HOUR, HOUR]
] as const
const LONGEST_FACT = 300 // characters; user agents are untrusted, and arbitrarily long

/** Whether a name, such as one from the outbox, is that of a mail we can write. */
export function isTemplate(name: string): name is Template {
  return TEMPLATES.some(template => template === name)
}

/**
 * Writes a mail in the language asked for, or in English. Everything in `data` counts as written by strangers.
 *
 * @throws Error when the mail leads to a page that takes a secret and there is none
 */
export function renderMail(
  mail: { template: Template; locale: string; data: MailData; secret?: string | undefined },
  options: RenderOptions
): RenderedMail {
  const { locale, texts } = wording(mail.locale, options)
  const { template, data } = mail
  const text: MailText | MailTextWithButton = texts[template]
  const facts = {
    product: texts.product,
    newEmail: oneLine(data.newEmail),
    at: data.at === undefined ? '' : formatTime(data.at, locale),
    until: data.until === undefined ? '' : formatTime(data.until, locale),
    userAgent: withoutLinks(oneLine(data.userAgent)),
    ip: oneLine(data.ip),
    role: oneLine(data.role)
  }
  const { token, code } = mail.secret === undefined ? {} : splitSecret(mail.secret)
  const link = linkOf(template, options.clientUrl, token)
  const takesSecret = BUTTONS[template] !== null && BUTTONS[template] !== 'client'
  const hasCode = takesSecret && code !== undefined
  const validity = takesSecret && data.validFor ? texts.validity(formatDuration(data.validFor, locale), hasCode) : ''
  const letter: Letter = {
    locale,
    subject: oneLine(text.subject),
    preheader: text.preheader,
    product: texts.product,
    heading: text.heading,
    greeting: texts.greeting(nameForGreeting(data.firstName)),
    before: text.before(facts),
    details: (text.details?.(facts) ?? []).filter(([, value]) => value !== ''),
    button: link && 'button' in text ? { label: text.button, link, spelledOut: texts.spelledOut, validity } : undefined,
    code: hasCode ? { hint: texts.codeHint, label: texts.codeLabel, digits: inGroups(code) } : undefined,
    after: text.after(facts),
    footer: texts.footer(texts.product)
  }
  return { subject: letter.subject, html: layOut(letter), text: spellOut(letter), locale }
}

/** The language that fits best and its texts, ours with the host's put over them. */
function wording(wanted: string, { texts: own = {}, languages }: RenderOptions): { locale: string; texts: MailTexts } {
  const locale = chooseLocale(wanted, languages)
  const ours = LOCALES.find(known => known === locale.split('-')[0]) ?? 'en'
  return { locale, texts: { ...TEXTS[ours], ...(Object.hasOwn(own, locale) ? own[locale] : {}) } }
}

function linkOf(template: Template, clientUrl: string, token: string | undefined): string | undefined {
  const page = BUTTONS[template]
  if (page === null) return undefined
  if (page === 'client') return clientUrl
  if (token === undefined)
    throw new Error(`${template} cannot be written without its secret: it leads to a page that takes one`)
  return `${clientUrl}/account/${page}?token=${token}`
}

/** As it is read aloud: 1234 5678. */
function inGroups(code: string): string {
  return code.replace(/\d{4}(?=\d)/g, '$& ')
}

function spellOut({ heading, greeting, before, details, button, code, after, footer }: Letter): string {
  const parts = [
    heading,
    greeting,
    ...before,
    details.map(([label, value]) => `${label}: ${value}`).join('\n'),
    button && `${button.label}:\n${button.link}`,
    code && `${code.hint}\n\n${code.label} ${code.digits}`,
    button?.validity,
    ...after,
    `-- \n${footer}`
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** A stranger's text as one line: no control characters, and none that turn the direction of what follows. */
function oneLine(text: string | null | undefined): string {
  const line = (text ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
  return line.length > LONGEST_FACT ? `${line.slice(0, LONGEST_FACT).toWellFormed()}…` : line
}

/**
 * Names that look like an address are left out: sign-up would otherwise send strangers' advertising to strangers,
 * and mail programs make links of them.
 */
function nameForGreeting(firstName: string | undefined): string {
  const name = oneLine(firstName)
  return isLinkLike(name) || /\d(\.\d+){3}/.test(name.normalize('NFKC')) ? '' : name
}

/** What a device calls itself, without words that look like an address: a thief writes it, and his victim reads it. */
function withoutLinks(text: string): string {
  return text
    .split(' ')
    .map(word => (isLinkLike(word) ? '…' : word))
    .join(' ')
}

/** Whether mail programs, or people, may take it for an address: also in other dots, or with letters that are not seen. */
function isLinkLike(text: string): boolean {
  const seen = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll('。', '.')
  return /:\/\/|www\.|@|[\p{L}\p{N}]\.\p{L}{2,}/iu.test(seen)
}

function formatTime(iso: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(new Date(iso))} UTC`
}

/** "24 hours", "7 days", "90 minutes": the largest unit that says it exactly; a single day is 24 hours. */
function formatDuration(ms: number, locale: string): string {
  const [unit, size] = UNITS.find(([, size, least]) => ms >= least && ms % size === 0) ?? (['minute', MINUTE] as const)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(ms / size))
}
