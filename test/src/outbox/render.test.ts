import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LOCALES } from '../../../src/locales.ts'
import { html } from '../../../src/outbox/html.ts'
import { isTemplate, type MailData, renderMail, TEMPLATES, type Template } from '../../../src/outbox/render.ts'
import { BUTTONS } from '../../../src/outbox/texts/index.ts'

const options = { clientUrl: 'https://club.example', languages: LOCALES }
const secret = 'c2VjcmV0-_of32bytes'
const data: MailData = {
  firstName: 'Ada',
  newEmail: 'ada@new.example',
  validFor: 24 * 60 * 60 * 1000,
  at: '2025-11-23T08:08:00.000Z',
  userAgent: 'Firefox/145.0'
}

function render(template: Template, more: MailData = {}, locale = 'en') {
  return renderMail({ template, locale, data: { ...data, ...more }, secret }, options)
}

describe('renderMail', () => {
  for (const template of TEMPLATES) {
    for (const locale of LOCALES) {
      it(`writes ${template} in ${locale}`, () => {
        const mail = render(template, {}, locale)
        assert.match(mail.subject, /^[\p{L}\p{N} ,.–-]{10,78}$/u)
        assert.match(mail.html, new RegExp(`^<!doctype html>\\n<html lang="${locale}"`))
        assert.equal(mail.locale, locale)
        for (const part of [mail.html, mail.text]) {
          assert.match(part, /Ada,/)
          assert.doesNotMatch(part, /undefined|null|NaN|\[object|\$\{/)
        }
        assert.doesNotMatch(mail.html, /<(img|script|link|iframe)\b|url\(|@import/, 'nothing is loaded')
        assert.doesNotMatch(mail.text, /<[a-z]/)
      })

      it(`leads from ${template} in ${locale} where it should, in both parts`, () => {
        const { html: markup, text } = render(template, {}, locale)
        const page = BUTTONS[template]
        const link = page === 'client' ? options.clientUrl : `${options.clientUrl}/account/${page}?token=${secret}`
        const targets = [...markup.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)
        assert.deepEqual(targets, page === null ? [] : [link, link])
        assert.equal(text.split('\n').includes(link), page !== null)
        assert.equal(markup.includes(secret), page !== null && page !== 'client')
      })
    }
  }

  it('leads to the two pages that existing clients have', () => {
    const linkOf = (template: Template) => /https:\S+/.exec(render(template).text)?.[0]
    assert.equal(linkOf('verify-email'), `https://club.example/account/verify-email?token=${secret}`)
    assert.equal(linkOf('confirm-email-change'), `https://club.example/account/verify-email?token=${secret}`)
    assert.equal(linkOf('reset-password'), `https://club.example/account/reset-password?token=${secret}`)
    assert.equal(linkOf('invite-admin'), `https://club.example/account/reset-password?token=${secret}`)
  })

  it('leads to a page that undoes a change of address, for three days', () => {
    const { text } = render('undo-email-change', { validFor: 72 * 60 * 60 * 1000 })
    assert.match(text, new RegExp(`^https://club.example/account/undo-email-change\\?token=${secret}$`, 'm'))
    assert.match(text, /valid for 3 days and works once/)
  })

  it('says when, on what device and from which address somebody signed in', () => {
    const { text } = render('new-device', { ip: '192.0.2.7' }, 'de')
    assert.match(text, /^Zeit: 23\. November 2025 um 08:08 UTC\nGerät: Firefox\/145\.0\nAdresse: 192\.0\.2\.7$/m)
    assert.doesNotMatch(render('new-device', { ip: '' }, 'de').text, /Adresse:/)
  })

  it('spells the code out in two groups, in both parts, where the page takes a secret', () => {
    for (const template of TEMPLATES) {
      for (const locale of LOCALES) {
        const mail = { template, locale, data, secret: `${secret}.01234567` }
        const { html: markup, text } = renderMail(mail, options)
        const has = BUTTONS[template] !== null && BUTTONS[template] !== 'client'
        assert.equal(
          text.includes(locale === 'de' ? '\nIhr Code lautet 0123 4567\n' : '\nYour code is 0123 4567\n'),
          has
        )
        assert.equal(markup.includes('>0123 4567</strong>'), has)
        assert.doesNotMatch(markup + text, /01234567/, 'not in the link, nor in one piece')
        assert.match(text, has ? /the code are valid for 24 hours and work once|Code sind 24 Stunden gültig/ : /./)
      }
    }
  })

  it('writes of no code where there is none', () => {
    assert.doesNotMatch(render('verify-email').html + render('verify-email').text, /Your code|another device/)
  })

  it('refuses to write a mail for a secret that is not there', () => {
    assert.throws(() => renderMail({ template: 'reset-password', locale: 'en', data }, options), /without its secret/)
  })

  // ASVS V1.1.2, V1.2.1, V1.3.1, V1.3.5, V1.3.7
  it('shows what strangers wrote as they wrote it, and never as markup', () => {
    const hostile = `<img src=x onerror=alert(1)> "'&amp; {{7*7}} \${7*7} <%= 7*7 %>`
    const escaped = `&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;amp; {{7*7}} \${7*7} &lt;%= 7*7 %&gt;`
    const named = render('verify-email', { firstName: hostile })
    assert.ok(named.html.includes(`Hello ${escaped},`))
    assert.ok(named.text.includes(`Hello ${hostile},`))
    const addressed = render('email-changed', { newEmail: `${hostile}@x.example` })
    assert.ok(addressed.html.includes(`${escaped}@x.example`))
    assert.ok(addressed.text.includes(`New address: ${hostile}@x.example`))
    const used = render('session-reuse', { userAgent: hostile })
    assert.ok(used.html.includes(escaped))
    assert.doesNotMatch(named.html + addressed.html + used.html, /<img|49/)
  })

  // ASVS V1.3.11
  it('forges no lines and turns no text around', () => {
    const { subject, text } = render('session-reuse', {
      firstName: 'A\r\nBcc: x',
      userAgent: 'B\n\u202eC\u2028D\u0000E'
    })
    assert.match(text, /^Hello A Bcc: x,$/m)
    assert.match(text, /^Device: B C D E$/m)
    assert.equal(subject, render('session-reuse').subject)
  })

  it('cuts a fact that is longer than any mail should be', () => {
    assert.ok(render('session-reuse', { userAgent: 'x'.repeat(10_000) }).text.length < 1500)
  })

  it('greets without a name that is an advertisement', () => {
    const hidden = [
      'casino\u2024example',
      'casino。example',
      'casino．example',
      'casino.\u200bexample',
      'casino.e\ufe0fxample',
      'casino\u034f.example',
      'casino.e\u00adxample'
    ]
    for (const firstName of ['Win at casino.example', 'https://x', 'www.x', 'a@b', 'on 192.0.2.7/win', ...hidden]) {
      assert.match(render('verify-email', { firstName }).text, /^Hello,$/m)
    }
    for (const firstName of ['J.', 'J. R.', 'Anne-Marie', 'Ольга', 'O’Neil']) {
      assert.ok(render('verify-email', { firstName }).text.includes(`Hello ${firstName},`))
    }
  })

  it('shows a device without what it says as a link: a thief writes it, and his victim reads it', () => {
    const shown = (userAgent: string) => /^Device: (.*)$/m.exec(render('new-device', { userAgent }).text)?.[1]
    assert.equal(shown('Not you? https://thief.example/help www.thief.example thief.example'), 'Not you? … … …')
    const honest =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36'
    assert.equal(shown(honest), honest)
  })

  it('puts no input into subjects', () => {
    const strange = { firstName: 'STRANGE', newEmail: 'STRANGE', userAgent: 'STRANGE' }
    for (const template of TEMPLATES) assert.doesNotMatch(render(template, strange).subject, /STRANGE/)
  })

  it('says how long a link holds, in the language of the mail', () => {
    const hour = 60 * 60 * 1000
    const validity = (validFor: number, locale: string) => render('reset-password', { validFor }, locale).text
    assert.match(validity(24 * hour, 'en'), /valid for 24 hours/)
    assert.match(validity(hour, 'en'), /valid for 1 hour and/)
    assert.match(validity(1.5 * hour, 'en'), /valid for 90 minutes/)
    assert.match(validity(7 * 24 * hour, 'en'), /valid for 7 days/)
    assert.match(validity(24 * hour, 'de'), /24 Stunden gültig/)
    assert.match(validity(7 * 24 * hour, 'de'), /7 Tage gültig/)
  })

  it('says when and on what device a session was ended', () => {
    const { text } = render('session-reuse', {}, 'de')
    assert.match(text, /^Beendet: 23\. November 2025 um 08:08 UTC$/m)
    assert.match(text, /^Gerät: Firefox\/145\.0$/m)
    assert.doesNotMatch(render('session-reuse', { userAgent: null }, 'de').text, /Gerät:/)
  })

  it('falls back to the language without its region, and to English', () => {
    assert.equal(render('verify-email', {}, 'de-AT').locale, 'de')
    for (const locale of ['fr', '', '__proto__', 'constructor', '"><script>']) {
      const mail = render('verify-email', {}, locale)
      assert.equal(mail.locale, 'en')
      assert.equal(mail.subject, render('verify-email').subject)
    }
  })
})

describe('renderMail for a host application', () => {
  const own = {
    en: { product: 'Rowing & Club' },
    fr: { product: 'Club', greeting: (name: string) => `Bonjour ${name} <b>,` }
  }
  const render = (locale: string) =>
    renderMail(
      { template: 'password-changed', locale, data },
      { ...options, texts: own, languages: [...LOCALES, 'fr'] }
    )

  it('takes its wording over ours', () => {
    assert.match(render('en').text, /your Rowing & Club account has/)
    assert.match(render('en').html, /your Rowing &amp; Club account has/)
  })

  it('leaves other languages alone', () => {
    assert.match(render('de').text, /bei Guildhall/)
  })

  it('writes in a language of its own, and escapes its wording too', () => {
    assert.equal(render('fr-CA').locale, 'fr')
    assert.match(render('fr').html, /Bonjour Ada &lt;b&gt;,/)
  })
})

describe('html', () => {
  it('escapes everything but what it made itself', () => {
    const inner = html`<i>${'<'}</i>`
    assert.equal(
      html`<p title="${'"'}">${inner}${[inner, inner]}${undefined}${1}</p>`.toString(),
      '<p title="&quot;"><i>&lt;</i><i>&lt;</i><i>&lt;</i>1</p>'
    )
  })
})

describe('isTemplate', () => {
  it('knows the names of mails and nothing else', () => {
    assert.ok(isTemplate('verify-email'))
    assert.ok(!isTemplate('toString'))
  })
})
