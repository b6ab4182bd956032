import type { MailTexts } from './index.ts'

export const de: MailTexts = {
  product: 'Guildhall',
  greeting: firstName => (firstName ? `Guten Tag ${firstName},` : 'Guten Tag,'),
  validity: (duration, hasCode) =>
    hasCode
      ? `Link und Code sind ${duration} gültig und lassen sich einmal verwenden.`
      : `Dieser Link ist ${duration} gültig und lässt sich einmal verwenden.`,
  spelledOut: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
  codeHint: 'Sie lesen diese Nachricht auf einem anderen Gerät? Geben Sie dort stattdessen den Code ein.',
  codeLabel: 'Ihr Code lautet',
  footer: product => `Eine automatische Nachricht von ${product}.`,

  'verify-email': {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    preheader: 'Ein Klick, und Ihr Konto ist bereit.',
    heading: 'Bestätigen Sie Ihre E-Mail-Adresse',
    before: ({ product }) => [
      `Willkommen bei ${product}. Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. ` +
        'Dann ist Ihr Konto bereit.'
    ],
    button: 'E-Mail-Adresse bestätigen',
    after: () => [
      'Sie haben sich nicht registriert? Dann hat jemand Ihre Adresse eingegeben, vielleicht aus Versehen. ' +
        'Sie brauchen nichts zu tun: Ohne diese Bestätigung entsteht kein Konto.',
      'Geben Sie Link und Code an niemanden weiter.'
    ]
  },
  'already-registered': {
    subject: 'Sie haben bereits ein Konto',
    preheader: 'Jemand hat sich mit Ihrer Adresse registriert. An Ihrem Konto hat sich nichts geändert.',
    heading: 'Sie haben bereits ein Konto',
    before: ({ product }) => [
      `Gerade hat sich jemand mit dieser E-Mail-Adresse bei ${product} registriert. ` +
        'Sie haben dort bereits ein Konto, und daran hat sich nichts geändert.',
      'Wenn Sie es selbst waren, melden Sie sich einfach an. Falls Sie Ihr Passwort vergessen haben, ' +
        'können Sie dort ein neues festlegen.'
    ],
    button: 'Anmelden',
    after: () => [
      'Wenn Sie es nicht waren, brauchen Sie nichts zu tun. ' +
        'Wer immer es war, hat nicht erfahren, dass Sie ein Konto haben.'
    ]
  },
  'finish-registration': {
    subject: 'Schließen Sie Ihre Registrierung ab',
    preheader: 'Wählen Sie ein Passwort, und Ihr Konto ist bereit.',
    heading: 'Schließen Sie Ihre Registrierung ab',
    before: ({ product }) => [
      `Sie haben noch eine Nachricht zum Bestätigen Ihrer E-Mail-Adresse bei ${product} angefordert. Mit dieser Adresse ` +
        'hat sich jemand mehrmals oder vor längerer Zeit registriert. Bitte wählen Sie deshalb Ihr Passwort neu. ' +
        'Damit bestätigen Sie auch die Adresse.'
    ],
    button: 'Passwort wählen',
    after: () => [
      'Sie haben das nicht veranlasst? Dann brauchen Sie nichts zu tun: Ohne Bestätigung der Adresse lässt sich das ' +
        'Konto nicht verwenden. Geben Sie Link und Code an niemanden weiter.'
    ]
  },
  'already-verified': {
    subject: 'Ihre E-Mail-Adresse ist bestätigt',
    preheader: 'Es ist nichts mehr zu tun: Sie können sich anmelden.',
    heading: 'Ihre E-Mail-Adresse ist bestätigt',
    before: ({ product }) => [
      `Jemand hat noch eine Nachricht zum Bestätigen dieser E-Mail-Adresse bei ${product} angefordert. ` +
        'Sie ist schon bestätigt, es ist also nichts mehr zu tun: Melden Sie sich einfach an.'
    ],
    button: 'Anmelden',
    after: () => [
      'Wenn Sie es nicht waren, brauchen Sie nichts zu tun. ' +
        'Wer immer es war, hat nicht erfahren, dass Sie ein Konto haben.'
    ]
  },
  'reset-password': {
    subject: 'Legen Sie ein neues Passwort fest',
    preheader: 'Über diesen Link wählen Sie ein neues Passwort.',
    heading: 'Legen Sie ein neues Passwort fest',
    before: ({ product }) => [
      `Für Ihr Konto bei ${product} wurde ein neues Passwort angefordert. Über die Schaltfläche können Sie es wählen.`
    ],
    button: 'Neues Passwort wählen',
    after: () => [
      'Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist. ' +
        'Geben Sie Link und Code an niemanden weiter.'
    ]
  },
  'invite-admin': {
    subject: 'Ihr Administratorkonto',
    preheader: 'Wählen Sie ein Passwort, und Ihr Konto ist bereit.',
    heading: 'Ihr Administratorkonto',
    before: ({ product }) => [
      `Bei ${product} wurde für Sie ein Konto mit der Rolle Admin angelegt. ` +
        'Wählen Sie ein Passwort, dann ist es bereit.'
    ],
    button: 'Passwort wählen',
    after: () => [
      'Mit diesem Konto können Sie die Konten aller Mitglieder sehen, ändern und löschen. ' +
        'Geben Sie Link und Code an niemanden weiter.',
      'Wenn Sie damit nicht gerechnet haben, brauchen Sie nichts zu tun.'
    ]
  },
  'password-changed': {
    subject: 'Ihr Passwort wurde geändert',
    preheader: 'Wenn Sie es selbst waren, ist nichts zu tun.',
    heading: 'Ihr Passwort wurde geändert',
    before: ({ product }) => [`Das Passwort Ihres Kontos bei ${product} wurde soeben geändert.`],
    button: 'Zu Ihrem Konto',
    after: () => [
      'Wenn Sie es selbst waren, ist nichts zu tun. Wenn nicht, hat vielleicht jemand anderes Zugang: ' +
        'Legen Sie dann über „Passwort vergessen“ sofort ein neues Passwort fest.'
    ]
  },
  'confirm-email-change': {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    preheader: 'Ein Klick, und dies ist die Adresse Ihres Kontos.',
    heading: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    before: ({ product }) => [
      `Diese Adresse soll die E-Mail-Adresse eines Kontos bei ${product} werden. ` +
        'Bitte bestätigen Sie, dass sie Ihnen gehört. Bis dahin gilt die bisherige Adresse.'
    ],
    button: 'Neue Adresse bestätigen',
    after: () => [
      'Sie haben das nicht veranlasst? Dann hat jemand Ihre Adresse eingegeben, vielleicht aus Versehen. ' +
        'Verwenden Sie weder Link noch Code und geben Sie beides an niemanden weiter, dann ändert sich nichts.'
    ]
  },
  'email-change-requested': {
    subject: 'Eine neue E-Mail-Adresse wurde angegeben',
    preheader: 'Sie gilt, sobald die neue Adresse bestätigt ist.',
    heading: 'Eine neue E-Mail-Adresse wurde angegeben',
    before: ({ product }) => [
      `Ihr Konto bei ${product} soll eine neue E-Mail-Adresse bekommen. Sie gilt, sobald sie bestätigt ist.`
    ],
    details: ({ newEmail }) => [['Neue Adresse', newEmail]],
    button: 'Zu Ihrem Konto',
    after: () => [
      'Wenn Sie es selbst waren, ist hier nichts zu tun: Der Link zum Bestätigen ging an die neue Adresse. ' +
        'Wenn nicht, hat jemand anderes Zugang zu Ihrem Konto: Ändern Sie dann sofort Ihr Passwort.'
    ]
  },
  'email-change-taken': {
    subject: 'Zu dieser Adresse gibt es bereits ein Konto',
    preheader: 'Jemand wollte Ihre Adresse für ein anderes Konto verwenden. Es hat sich nichts geändert.',
    heading: 'Zu dieser Adresse gibt es bereits ein Konto',
    before: ({ product }) => [
      `Jemand wollte einem anderen Konto bei ${product} diese E-Mail-Adresse geben. ` +
        'Sie haben damit bereits ein Konto, deshalb hat sich nichts geändert.',
      'Wenn Sie es selbst waren, melden Sie sich mit dieser Adresse an, ' +
        'oder wählen Sie für das andere Konto eine andere.'
    ],
    button: 'Anmelden',
    after: () => [
      'Wenn Sie es nicht waren, brauchen Sie nichts zu tun. ' +
        'Wer immer es war, hat nicht erfahren, dass Sie ein Konto haben.'
    ]
  },
  'email-changed': {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    preheader: 'Ihr Konto hat eine neue E-Mail-Adresse.',
    heading: 'Ihre E-Mail-Adresse wurde geändert',
    before: ({ product }) => [
      `Ihr Konto bei ${product} hat eine neue E-Mail-Adresse. Melden Sie sich ab jetzt mit ihr an.`
    ],
    details: ({ newEmail }) => [['Neue Adresse', newEmail]],
    button: 'Zu Ihrem Konto',
    after: ({ product }) => [
      'Wenn Ihnen diese Änderung bekannt ist, ist nichts zu tun. Wenn nicht, hat vielleicht jemand anderes ' +
        `Ihr Konto übernommen: Wenden Sie sich dann bitte sofort an die Betreiber von ${product}.`
    ]
  },
  'undo-email-change': {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    preheader: 'Wenn Sie es nicht waren, können Sie das rückgängig machen.',
    heading: 'Ihre E-Mail-Adresse wurde geändert',
    before: ({ product }) => [
      `Ihr Konto bei ${product} hat eine neue E-Mail-Adresse. Diese hier gehört nicht mehr dazu.`,
      'Wenn Sie es nicht waren, machen Sie die Änderung rückgängig: Diese Adresse gilt dann wieder, alle Sitzungen ' +
        'enden, das Passwort gilt nicht mehr, und wir schicken Ihnen einen Link, um ein neues zu wählen.'
    ],
    details: ({ newEmail }) => [['Neue Adresse', newEmail]],
    button: 'Änderung rückgängig machen',
    after: () => [
      'Wenn Ihnen diese Änderung bekannt ist, ist nichts zu tun. Geben Sie diesen Link an niemanden weiter.'
    ]
  },
  'email-change-undone': {
    subject: 'Ihre alte E-Mail-Adresse gilt wieder',
    preheader: 'Alle Sitzungen sind beendet, und das Passwort gilt nicht mehr.',
    heading: 'Ihre alte E-Mail-Adresse gilt wieder',
    before: ({ product }) => [
      `Die Änderung der E-Mail-Adresse Ihres Kontos bei ${product} wurde rückgängig gemacht. Alle Sitzungen sind ` +
        'beendet, und das Passwort gilt nicht mehr: Ein Link, um ein neues zu wählen, ging an diese Adresse.'
    ],
    details: ({ newEmail }) => [['Adresse', newEmail]],
    after: ({ product }) => [
      'Wenn Ihnen das bekannt ist, ist sonst nichts zu tun. Wenn nicht, liest vielleicht jemand anderes die Post an ' +
        `diese Adresse: Wenden Sie sich dann bitte sofort an die Betreiber von ${product}.`
    ]
  },
  'new-device': {
    subject: 'Neue Anmeldung bei Ihrem Konto',
    preheader: 'Wenn Sie es selbst waren, ist nichts zu tun.',
    heading: 'Neue Anmeldung bei Ihrem Konto',
    before: ({ product }) => [
      `Gerade hat sich jemand mit Ihrem Passwort bei ${product} angemeldet, ` +
        'von einem Gerät oder Ort, den wir noch nicht kennen.'
    ],
    details: ({ at, userAgent, ip }) => [
      ['Zeit', at],
      ['Gerät', userAgent],
      ['Adresse', ip]
    ],
    button: 'Zu Ihrem Konto',
    after: () => [
      'Wenn Sie es selbst waren, ist nichts zu tun. Wenn nicht, kennt jemand anderes Ihr Passwort: ' +
        'Legen Sie dann über „Passwort vergessen“ sofort ein neues fest. Das beendet alle Sitzungen.'
    ]
  },
  'role-changed': {
    subject: 'Ihre Rolle wurde geändert',
    preheader: 'Von ihr hängt ab, was Sie tun können.',
    heading: 'Ihre Rolle wurde geändert',
    before: ({ product }) => [`Ihr Konto bei ${product} hat jetzt eine andere Rolle.`],
    details: ({ role }) => [['Neue Rolle', role]],
    button: 'Zu Ihrem Konto',
    after: ({ product }) => [
      `Wenn Sie damit nicht gerechnet haben, wenden Sie sich bitte an die Betreiber von ${product}.`
    ]
  },
  'session-reuse': {
    subject: 'Wir haben eine Ihrer Sitzungen beendet',
    preheader: 'Vielleicht hat jemand eine Anmeldung von Ihnen kopiert.',
    heading: 'Wir haben eine Ihrer Sitzungen beendet',
    before: ({ product }) => [
      `Eine Anmeldung von Ihnen bei ${product} wurde an zwei Stellen verwendet; vielleicht hat jemand sie kopiert. ` +
        'Zur Sicherheit haben wir diese Sitzung beendet. Ihre anderen Sitzungen laufen weiter.'
    ],
    details: ({ at, userAgent }) => [
      ['Beendet', at],
      ['Gerät', userAgent]
    ],
    button: 'Neu anmelden',
    after: () => [
      'Bitte melden Sie sich auf diesem Gerät neu an. Wenn Sie es nicht kennen oder in Ihrem Konto etwas verändert ' +
        'finden, legen Sie ein neues Passwort fest: Das beendet alle Sitzungen.'
    ]
  },
  'sessions-ended': {
    subject: 'Ein Administrator hat Sie abgemeldet',
    preheader: 'Sie können sich wieder anmelden.',
    heading: 'Ein Administrator hat Sie abgemeldet',
    before: ({ product }) => [`Ein Administrator hat eine oder mehrere Ihrer Sitzungen bei ${product} beendet.`],
    details: ({ at, userAgent }) => [
      ['Beendet', at],
      ['Gerät', userAgent]
    ],
    button: 'Neu anmelden',
    after: ({ product }) => [
      'An Ihrem Konto hat sich nichts geändert, und Sie können sich wieder anmelden. ' +
        `Wenn Sie nicht wissen, warum das geschah, fragen Sie bitte die Betreiber von ${product}.`
    ]
  },
  'account-created': {
    subject: 'Für Sie wurde ein Konto angelegt',
    preheader: 'Sie können sich mit dieser E-Mail-Adresse anmelden.',
    heading: 'Für Sie wurde ein Konto angelegt',
    before: ({ product }) => [
      `Bei ${product} hat ein Administrator für Sie ein Konto angelegt. Sie melden sich mit dieser E-Mail-Adresse an.`,
      'Falls Ihnen kein Passwort genannt wurde, wählen Sie selbst eines über „Passwort vergessen“.'
    ],
    button: 'Anmelden',
    after: () => ['Wenn Sie damit nicht gerechnet haben, brauchen Sie nichts zu tun.']
  },
  'account-suspended': {
    subject: 'Ihr Konto ist gesperrt',
    preheader: 'Alle Sitzungen sind beendet.',
    heading: 'Ihr Konto ist gesperrt',
    before: ({ product }) => [
      `Ein Administrator hat Ihr Konto bei ${product} gesperrt. Alle Sitzungen sind beendet, ` +
        'und solange es gesperrt ist, kann sich niemand damit anmelden.'
    ],
    details: ({ until }) => [['Gesperrt bis', until]],
    after: ({ product }) => [
      `Wenn Sie das für ein Versehen halten, wenden Sie sich bitte an die Betreiber von ${product}.`
    ]
  },
  'account-restored': {
    subject: 'Ihr Konto ist wieder frei',
    preheader: 'Sie können sich wieder anmelden.',
    heading: 'Ihr Konto ist wieder frei',
    before: ({ product }) => [
      `Ein Administrator hat die Sperre Ihres Kontos bei ${product} aufgehoben. Sie können sich wieder anmelden.`
    ],
    button: 'Anmelden',
    after: () => [
      'Ihre früheren Sitzungen bleiben beendet. Falls Sie Ihr Passwort vergessen haben, wählen Sie über ' +
        '„Passwort vergessen“ ein neues.'
    ]
  },
  'account-deleted': {
    subject: 'Ihr Konto wurde gelöscht',
    preheader: 'Alle Sitzungen sind beendet.',
    heading: 'Ihr Konto wurde gelöscht',
    before: ({ product }) => [
      `Ihr Konto bei ${product} wurde gelöscht. Alle Sitzungen sind beendet, ` +
        'und niemand kann sich damit mehr anmelden.'
    ],
    after: ({ product }) => [
      `Wenn Sie das nicht veranlasst haben, wenden Sie sich bitte an die Betreiber von ${product}.`
    ]
  }
}
