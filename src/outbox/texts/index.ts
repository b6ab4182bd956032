/** Every mail there is. What each says stands in the files beside this one, a file per language. */
export const TEMPLATES = [
  'verify-email',
  'already-registered',
  'finish-registration',
  'already-verified',
  'reset-password',
  'invite-admin',
  'password-changed',
  'confirm-email-change',
  'email-change-requested',
  'email-change-taken',
  'email-changed',
  'undo-email-change',
  'email-change-undone',
  'new-device',
  'role-changed',
  'session-reuse',
  'sessions-ended',
  'account-created',
  'account-suspended',
  'account-restored',
  'account-deleted'
] as const
export type Template = (typeof TEMPLATES)[number]

/** Where the button of a mail leads: a page that takes its secret, the client's front page, or nowhere. */
export const BUTTONS = {
  'verify-email': 'verify-email',
  'already-registered': 'client',
  'finish-registration': 'reset-password',
  'already-verified': 'client',
  'reset-password': 'reset-password',
  'invite-admin': 'reset-password',
  'password-changed': 'client',
  'confirm-email-change': 'verify-email',
  'email-change-requested': 'client',
  'email-change-taken': 'client',
  'email-changed': 'client',
  'undo-email-change': 'undo-email-change',
  'email-change-undone': null,
  'new-device': 'client',
  'role-changed': 'client',
  'session-reuse': 'client',
  'sessions-ended': 'client',
  'account-created': 'client',
  'account-suspended': null,
  'account-restored': 'client',
  'account-deleted': null
} as const satisfies Record<Template, 'verify-email' | 'reset-password' | 'undo-email-change' | 'client' | null>

/** What a text may mention: one line of plain text each, empty when not known. */
export interface Facts {
  product: string
  newEmail: string
  /** A date and time, spelled out in the language of the mail. */
  at: string
  /** When it ends, likewise. */
  until: string
  userAgent: string
  ip: string
  role: string
}

/** The wording of one mail: plain sentences. Markup in them shows as it stands, in HTML too. */
export interface MailText {
  /** Never from input: it becomes a header. */
  subject: string
  /** The grey line behind the subject in a list of mails. */
  preheader: string
  heading: string
  /** Paragraphs above the button. */
  before(facts: Facts): readonly string[]
  /** Facts set apart, label and value; those without a value are left out. */
  details?(facts: Facts): readonly (readonly [label: string, value: string])[]
  /** Paragraphs below the button. */
  after(facts: Facts): readonly string[]
}

export interface MailTextWithButton extends MailText {
  button: string
}

interface CommonTexts {
  /** The name of the service, as members know it. */
  product: string
  /** `firstName` is empty when there is none to use. */
  greeting(firstName: string): string
  /** How long a link holds, and a code beside it; `duration` comes as "24 hours", in the language of the mail. */
  validity(duration: string, hasCode: boolean): string
  /** Stands before the address that the button leads to, spelled out. */
  spelledOut: string
  /** Stands before the code: whom it is for. */
  codeHint: string
  /** The words before the digits, as in "Your code is 1234 5678": programs look for the word and fill the digits in. */
  codeLabel: string
  footer(product: string): string
}

/** All wording of one language. A text that is missing does not compile. */
export type MailTexts = CommonTexts & {
  [T in Template]: (typeof BUTTONS)[T] extends null ? MailText : MailTextWithButton
}
