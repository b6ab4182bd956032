import { type Html, html } from './html.ts'

/** What stands in a mail, from top to bottom; every string is plain text. */
export interface Letter {
  locale: string
  subject: string
  preheader: string
  product: string
  heading: string
  greeting: string
  before: readonly string[]
  details: readonly (readonly [label: string, value: string])[]
  button: { label: string; link: string; spelledOut: string; validity: string } | undefined
  code: { hint: string; label: string; digits: string } | undefined
  after: readonly string[]
  footer: string
}

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const PARAGRAPH = 'margin:0 0 16px;font-size:16px;line-height:1.55'
const SMALL = 'margin:0 0 12px;font-size:14px;line-height:1.5;color:#6b655d'

// Clients that know no dark mode read the inline colours; these override them where it is known.
const STYLE = html`
    :root { color-scheme: light dark; supported-color-schemes: light dark }
    @media (max-width: 600px) {
      .page { padding: 0 !important }
      .card { border-radius: 0 !important; border-width: 1px 0 !important }
      .inner { padding: 28px 20px !important }
      .button-row { width: 100% !important }
      .button a { display: block !important; text-align: center !important }
    }
    @media (prefers-color-scheme: dark) {
      body, .page { background: #171513 !important }
      .card { background: #211e1b !important; border-color: #38332e !important }
      .ink { color: #efeae2 !important }
      .muted { color: #a8a094 !important }
      .box { background: #2a2622 !important; border-color: #38332e !important }
      .button { background: #8fd3b9 !important }
      .button a { color: #0d2019 !important }
      .link, .name { color: #8fd3b9 !important }
    }`

/** The one layout of all mails: tables and inline styles for old clients, nothing fetched from anywhere. */
export function layOut(letter: Letter): string {
  const { locale, subject, preheader, product, heading, greeting, before, details, button, code, after, footer } =
    letter
  return html`<!doctype html>
<html lang="${locale}" xmlns="http://www.w3.org/1999/xhtml">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="supported-color-schemes" content="light dark">
  <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
  <title>${subject}</title>
  <style>${STYLE}
  </style>
</head>
<body style="margin:0;padding:0;background:#f4f1ec;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}${filler()}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="page" align="center" bgcolor="#f4f1ec" style="padding:32px 16px;background:#f4f1ec">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
  style="max-width:600px;background:#ffffff;border:1px solid #e4ded4;border-radius:12px;border-collapse:separate">
<tr><td class="inner ink" align="left" style="padding:36px 40px;font-family:${FONT};color:#22201d">
  <p class="name" style="margin:0 0 28px;font-size:15px;font-weight:700;color:#1f5c4a">${product}</p>
  <h1 style="margin:0 0 20px;font-size:24px;line-height:1.3;font-weight:700">${heading}</h1>
  ${[greeting, ...before].map(text => html`<p style="${PARAGRAPH}">${text}</p>\n  `)}
  ${details.length > 0 ? box(details) : undefined}
  ${button && call(button)}
  ${code && spell(code)}
  ${button?.validity ? html`<p class="muted" style="${SMALL}">${button.validity}</p>` : undefined}
  ${after.map(text => html`<p class="muted" style="${SMALL}">${text}</p>\n  `)}
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
<p class="muted" style="margin:20px 16px;font-family:${FONT};font-size:13px;color:#6b655d">${footer}</p>
</td></tr>
</table>
</body>
</html>
`.toString()
}

function box(details: Letter['details']): Html {
  const row = ([label, value]: readonly [string, string]) => html`
  <p class="muted" style="margin:0;font-size:13px;line-height:1.5;color:#6b655d">${label}</p>
  <p style="margin:0 0 8px;font-size:15px;line-height:1.5;word-break:break-word">${value}</p>`
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
    style="margin:4px 0 20px;border-collapse:separate"><tr>
  <td class="box ink" style="padding:14px 18px 6px;background:#faf8f5;border:1px solid #e4ded4;border-radius:8px;\
font-family:${FONT};color:#22201d">${details.map(row)}
  </td></tr></table>`
}

function call({ label, link, spelledOut }: NonNullable<Letter['button']>): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" class="button-row"
    style="margin:8px 0 24px;border-collapse:separate"><tr>
  <td class="button" bgcolor="#1f5c4a" style="background:#1f5c4a;border-radius:8px">
    <a href="${link}" target="_blank" rel="noopener noreferrer" style="display:inline-block;padding:13px 26px;\
font-family:${FONT};font-size:16px;font-weight:600;line-height:1.25;color:#ffffff;text-decoration:none">${label}</a>
  </td></tr></table>
  <p class="muted" style="${SMALL}">${spelledOut}<br>
  <a class="link" href="${link}" target="_blank" rel="noopener noreferrer"
    style="color:#1f5c4a;word-break:break-all">${link}</a></p>`
}

/** Large and spaced, to be read on one device and typed on another; as text it can be marked and copied in one piece. */
function spell({ hint, label, digits }: NonNullable<Letter['code']>): Html {
  return html`<p class="ink" style="margin:20px 0 4px;font-size:15px;line-height:1.5">${hint}</p>
  <p class="ink" style="margin:0 0 20px;font-size:15px;line-height:1.5">${label}
  <strong style="display:block;margin:4px 0 0;font-size:32px;line-height:1.3;letter-spacing:3px;white-space:nowrap;\
font-variant-numeric:tabular-nums">${digits}</strong></p>`
}

/** Keeps the first words of the letter out of the preview: mail lists fill up a short preheader with them. */
function filler(): Html[] {
  return Array.from({ length: 60 }, () => html`&#847;&zwnj;&nbsp;`)
}
