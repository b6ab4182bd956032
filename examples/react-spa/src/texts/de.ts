import type { Texts } from './en.ts'

const PRODUCT = 'Guildhall'

const several = new Intl.PluralRules('de')
export const count = (n: number, one: string, other: string) => `${n} ${several.select(n) === 'one' ? one : other}`

export const de: Texts = {
  product: PRODUCT,
  tagline: 'Ein Konto, in guten Händen.',
  skip: 'Zum Inhalt springen',
  loading: 'Wird geladen …',
  working: 'Bitte warten …',
  tryAgain: 'Noch einmal versuchen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  more: 'Mehr laden',
  pageTitle: title => `${title} – ${PRODUCT}`,
  inSeconds: n =>
    n < 90
      ? `Sie können es in ${count(n, 'Sekunde', 'Sekunden')} noch einmal versuchen.`
      : `Sie können es in ${count(Math.ceil(n / 60), 'Minute', 'Minuten')} noch einmal versuchen.`,
  reference: id => `Kennung für den Support: ${id}`,

  errors: {
    validation_failed: 'Bitte prüfen Sie, was oben markiert ist.',
    malformed_request:
      'Der Server konnte die Anfrage nicht lesen. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.',
    ambiguous_token: 'Der Browser hat zwei Sitzungen zugleich gesendet. Bitte laden Sie die Seite neu.',
    authentication_required: 'Bitte melden Sie sich an.',
    invalid_credentials: 'E-Mail-Adresse oder Passwort stimmt nicht.',
    token_invalid: 'Dieser Link ist ungültig oder wurde schon benutzt.',
    token_expired: 'Dieser Link gilt nicht mehr.',
    session_expired:
      'Ihre Sitzung ist abgelaufen, weil sie eine Weile nicht benutzt wurde. Bitte melden Sie sich wieder an.',
    session_revoked: 'Ihre Sitzung wurde beendet. Bitte melden Sie sich wieder an.',
    email_not_verified: 'Ihre E-Mail-Adresse ist noch nicht bestätigt.',
    forbidden: 'Dazu sind Sie nicht berechtigt.',
    origin_not_allowed:
      'Der Server nimmt von dieser Seite keine Anfragen an. Sein Betreiber muss die Adresse zulassen.',
    not_found: 'Das gibt es nicht.',
    account_not_found: 'Dieses Konto gibt es nicht mehr.',
    session_not_found: 'Diese Sitzung ist schon beendet.',
    not_suspended: 'Dieses Konto ist nicht gesperrt.',
    mail_not_found: 'Diese E-Mail wartet nicht mehr.',
    email_taken: 'Diese E-Mail-Adresse wird schon benutzt.',
    last_admin: 'Das ist die letzte Administratorin oder der letzte Administrator. Ernennen Sie zuerst jemand anderen.',
    reauthentication_required: 'Bitte geben Sie Ihr derzeitiges Passwort ein.',
    precondition_failed:
      'Jemand anderes hat das inzwischen geändert. Sehen Sie sich den neuen Stand an und entscheiden Sie dann.',
    payload_too_large: 'Das ist zu viel auf einmal.',
    unsupported_media_type:
      'Der Server konnte die Anfrage nicht lesen. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.',
    rate_limited: 'Zu viele Versuche.',
    internal_error: 'Bei uns ist etwas schiefgegangen. Ihre Eingaben sind noch da; bitte versuchen Sie es noch einmal.',
    busy: 'Gerade sind sehr viele Menschen hier. Bitte versuchen Sie es gleich noch einmal.',
    unavailable: 'Der Dienst ist gerade nicht verfügbar. Ihre Eingaben sind noch da.',
    unexpected_response:
      'Der Server hat eine Antwort gegeben, die diese Seite nicht versteht. Bitte versuchen Sie es noch einmal.'
  },
  unreachable: 'Einen Augenblick, bitte',
  network: 'Der Dienst ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung. Ihre Eingaben sind noch da.',
  bug: 'Auf dieser Seite ist etwas schiefgegangen. Bitte laden Sie sie neu.',

  faults: {
    required: 'Bitte füllen Sie dieses Feld aus.',
    email: 'Bitte geben Sie eine vollständige E-Mail-Adresse ein, wie ada@example.com.',
    code: 'Bitte geben Sie die acht Ziffern aus der E-Mail ein.',
    wrongCode: 'Dieser Code ist falsch, benutzt oder gilt nicht mehr.',
    blank: 'Bitte geben Sie hier Buchstaben oder Ziffern ein.',
    tooShort: n => `Bitte mindestens ${count(n, 'Zeichen', 'Zeichen')}.`,
    tooLong: n => `Bitte höchstens ${count(n, 'Zeichen', 'Zeichen')}.`,
    commonPassword: 'Das ist eines der häufigsten Passwörter. Bitte wählen Sie ein anderes.',
    personalPassword: `Das ist Ihrem Namen, Ihrer E-Mail-Adresse oder „${PRODUCT}“ zu ähnlich. Bitte wählen Sie ein anderes.`,
    currentPassword: 'Das ist nicht Ihr derzeitiges Passwort.',
    terms: 'Bitte stimmen Sie den Bedingungen zu.',
    future: 'Bitte wählen Sie einen Zeitpunkt in der Zukunft.',
    confirmation: 'Bitte geben Sie die Adresse genau so ein.'
  },

  fields: {
    title: 'Anrede',
    titleHint: 'Wie Sie angesprochen werden möchten, zum Beispiel Frau, Herr oder Dr.',
    titles: ['Frau', 'Herr', 'Dr.', 'Prof.'],
    firstName: 'Vorname',
    lastName: 'Nachname',
    email: 'E-Mail-Adresse',
    newEmail: 'Neue E-Mail-Adresse',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    currentPassword: 'Derzeitiges Passwort',
    code: 'Code aus der E-Mail',
    codeHint: 'Acht Ziffern, zum Beispiel 1234 5678'
  },

  password: {
    show: 'Passwort zeigen',
    hint: 'Mindestens 8 Zeichen. Mehrere Wörter ohne Zusammenhang sind gut.',
    strength: 'Stärke des Passworts',
    levels: ['Sehr schwach', 'Schwach', 'Mittel', 'Gut', 'Stark'],
    good: 'Nichts zu verbessern.',
    advice: {
      straightRow: 'Tasten einer Reihe sind leicht zu erraten.',
      keyPattern: 'Kurze Muster auf der Tastatur sind leicht zu erraten.',
      simpleRepeat: 'Wiederholte Zeichen wie „aaa“ sind leicht zu erraten.',
      extendedRepeat: 'Wiederholungen wie „abcabc“ sind leicht zu erraten.',
      sequences: 'Folgen wie „abc“ oder „6543“ sind leicht zu erraten.',
      recentYears: 'Jahreszahlen sind leicht zu erraten.',
      dates: 'Daten sind leicht zu erraten.',
      topTen: 'Das ist eines der meistbenutzten Passwörter.',
      topHundred: 'Das ist ein sehr häufiges Passwort.',
      common: 'Das ist ein häufiges Passwort.',
      similarToCommon: 'Das ähnelt einem häufigen Passwort.',
      wordByItself: 'Ein einzelnes Wort ist leicht zu erraten.',
      namesByThemselves: 'Namen allein sind leicht zu erraten.',
      commonNames: 'Häufige Namen sind leicht zu erraten.',
      userInputs: `Bitte nicht Ihren Namen, Ihre Adresse oder „${PRODUCT}“.`,
      pwned: 'Dieses Passwort stand in einem Datenleck.',
      more: 'Nehmen Sie noch ein, zwei Wörter dazu, am besten seltene.'
    }
  },

  navigation: {
    label: 'Ihr Konto',
    menu: 'Menü',
    overview: 'Übersicht',
    profile: 'Profil',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    sessions: 'Geräte',
    activity: 'Aktivität',
    deletion: 'Konto löschen',
    administration: 'Verwaltung',
    members: 'Mitglieder',
    mail: 'Nicht zugestellte E-Mails',
    events: 'Ereignisse'
  },

  pages: {
    docs: 'API-Dokumentation',
    mailbox: 'Postfach'
  },

  preferences: {
    language: 'Sprache',
    appearance: 'Darstellung',
    system: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel'
  },

  session: {
    signIn: 'Anmelden',
    signUp: 'Konto anlegen',
    signOut: 'Abmelden',
    stillSignedIn: 'Sie sind noch angemeldet.',
    signedOut: 'Sie sind abgemeldet.',
    deleted: 'Ihr Konto ist gelöscht.'
  },

  reauthentication: {
    title: 'Bestätigen Sie, dass Sie es sind',
    lead: 'Ihre Anmeldung liegt eine Weile zurück. Bitte geben Sie Ihr derzeitiges Passwort ein.',
    confirm: 'Bestätigen'
  },

  notFound: {
    title: 'Seite nicht gefunden',
    lead: 'Unter dieser Adresse gibt es nichts. Vielleicht wurde ein Link abgeschnitten.',
    back: 'Zur Startseite'
  },

  refused: {
    title: 'Nur für die Verwaltung',
    lead: 'Diese Seiten sind für alle, die die Mitglieder betreuen. Wenn Sie hier etwas brauchen, fragen Sie bitte dort nach.'
  },

  broken: {
    title: 'Diese Seite konnte nicht angezeigt werden',
    lead: 'Das ist unser Fehler, nicht Ihrer. Meistens hilft es, sie neu zu laden.',
    reload: 'Neu laden'
  },

  welcome: {
    title: 'Willkommen',
    lead: 'Melden Sie sich an, oder legen Sie in einer Minute ein Konto an.',
    have: 'Sie haben ein Konto',
    haveLead: 'Melden Sie sich mit E-Mail-Adresse und Passwort an.',
    new: 'Sie sind neu hier',
    newLead: 'Registrieren Sie sich mit einer E-Mail-Adresse, die Sie jetzt lesen können: Wir schicken einen Link.'
  },

  overview: {
    title: firstName => `Guten Tag, ${firstName}`,
    lead: 'Alles zu Ihrem Konto an einem Ort.',
    name: 'Name',
    email: 'E-Mail-Adresse',
    role: 'Rolle',
    roles: { User: 'Mitglied', Admin: 'Administrator/in' },
    since: 'Mitglied seit',
    changeName: 'Namen ändern',
    changeEmail: 'E-Mail-Adresse ändern',
    password: 'Passwort',
    passwordLead: 'Ändern Sie es, wann immer Sie glauben, dass es jemand kennt.',
    changePassword: 'Passwort ändern',
    sessions: 'Geräte',
    sessionsLead: 'Sehen Sie, wo Sie angemeldet sind, und melden Sie ab, was Sie nicht kennen.',
    seeSessions: 'Geräte ansehen',
    activity: 'Aktivität',
    activityLead: 'Was mit Ihrem Konto geschah, mit Zeit und Ort.',
    seeActivity: 'Aktivität ansehen'
  },

  signIn: {
    title: 'Anmelden',
    forgotten: 'Passwort vergessen?',
    newHere: 'Neu hier?',
    signUp: 'Konto anlegen'
  },

  signUp: {
    title: 'Konto anlegen',
    lead: 'Es braucht eine Minute und eine E-Mail-Adresse, die Sie jetzt lesen können.',
    terms: 'Ich stimme den Nutzungsbedingungen zu',
    readTerms: 'Nutzungsbedingungen lesen',
    newTab: '(öffnet einen neuen Tab)',
    submit: 'Konto anlegen',
    haveAccount: 'Schon ein Konto?'
  },

  checkMail: {
    title: 'Sehen Sie in Ihre E-Mails',
    sent: 'Wir haben eine Nachricht an diese Adresse geschickt:',
    unverified:
      'Ihr Passwort stimmt, aber Ihre E-Mail-Adresse ist noch nicht bestätigt. Bei der Registrierung ging eine Nachricht an sie:',
    act: 'Öffnen Sie den Link darin, oder geben Sie hier den Code daraus ein.',
    submit: 'Adresse bestätigen',
    nothing: 'Noch keine E-Mail?',
    nothingLead: 'Es kann eine Minute dauern. Sehen Sie bitte auch in den Spam-Ordner.',
    resend: 'E-Mail noch einmal senden',
    resendIn: n => `Noch einmal senden in ${n} s`,
    resent: 'Wenn diese Adresse auf Bestätigung wartet, ist noch eine E-Mail unterwegs.',
    wrong: 'Falsche Adresse?',
    change: 'Mit einer anderen registrieren',
    whichAddress: 'Welche Adresse möchten Sie bestätigen?'
  },

  verify: {
    title: 'E-Mail-Adresse bestätigen',
    lead: 'Ein Klick bestätigt, dass diese Adresse Ihre ist.',
    submit: 'E-Mail-Adresse bestätigen',
    byCode: 'Geben Sie Ihre E-Mail-Adresse und den Code aus der E-Mail ein.',
    done: 'Ihre Adresse ist bestätigt',
    doneSignIn: 'Sie können sich jetzt anmelden.',
    doneSignedIn: 'Sie ist ab jetzt die Adresse Ihres Kontos.',
    onward: 'Zu Ihrem Konto',
    dead: 'Dieser Link geht nicht mehr',
    deadLead: 'Er ist benutzt, abgelaufen oder durch einen neueren ersetzt. Wir schicken Ihnen gern noch eine E-Mail.',
    newMail: 'Neue E-Mail anfordern',
    taken: 'Diese Adresse gehört inzwischen zu einem anderen Konto.'
  },

  undo: {
    title: 'Änderung der E-Mail-Adresse rückgängig machen',
    lead: 'Ein Klick gibt Ihrem Konto seine alte Adresse zurück.',
    consequences: [
      'Alle Geräte werden abgemeldet.',
      'Das derzeitige Passwort gilt nicht mehr.',
      'Wir schicken einen Link für ein neues Passwort an die alte Adresse.'
    ],
    submit: 'Änderung rückgängig machen',
    done: 'Ihre alte Adresse ist wieder da',
    doneLead:
      'Wir haben ihr einen Link für ein neues Passwort geschickt. Bitte benutzen Sie ihn gleich: Bis dahin kann sich niemand anmelden.',
    incomplete: 'Dieser Link ist unvollständig',
    incompleteLead: 'Bitte öffnen Sie ihn noch einmal aus der E-Mail. Er gilt drei Tage.',
    dead: 'Dieser Link geht nicht mehr',
    deadLead:
      'Die Änderung ist schon rückgängig gemacht, oder sie ist mehr als drei Tage her. Wenn jemand anderes Ihr Konto hat, wenden Sie sich bitte an den Support.'
  },

  forgotten: {
    title: 'Passwort vergessen?',
    lead: 'Geben Sie Ihre E-Mail-Adresse ein. Wir schicken Ihnen einen Link und einen Code für ein neues Passwort.',
    submit: 'E-Mail senden',
    haveCode: 'Ich habe schon einen Code',
    remembered: 'Zurück zur Anmeldung'
  },

  reset: {
    title: 'Neues Passwort wählen',
    sent: email =>
      `Wenn es ein Konto mit ${email} gibt, ist eine E-Mail unterwegs. Öffnen Sie den Link darin, oder geben Sie hier den Code daraus ein.`,
    byCode: 'Geben Sie Ihre E-Mail-Adresse, den Code aus der E-Mail und Ihr neues Passwort ein.',
    consequences: 'Alle Ihre Geräte werden abgemeldet.',
    submit: 'Neues Passwort setzen',
    done: 'Ihr Passwort ist geändert',
    doneLead: 'Sie können sich jetzt damit anmelden.',
    dead: 'Dieser Link geht nicht mehr',
    deadLead: 'Er ist benutzt, abgelaufen oder durch einen neueren ersetzt.',
    newMail: 'Neue E-Mail anfordern',
    again: 'E-Mail noch einmal senden'
  },

  profile: {
    title: 'Profil',
    lead: 'Wie Sie angesprochen werden.',
    submit: 'Speichern',
    saved: 'Ihr Profil ist gespeichert.'
  },

  email: {
    title: 'E-Mail-Adresse',
    lead: 'Mit ihr melden Sie sich an, und an sie gehen unsere Nachrichten.',
    present: 'Derzeitige Adresse',
    submit: 'Adresse ändern',
    same: 'Das ist schon Ihre Adresse.',
    haveCode: 'Ich habe schon einen Code',
    sentTitle: 'Bestätigen Sie die neue Adresse',
    sent: 'Wir haben eine Nachricht an die neue Adresse geschickt:',
    act: 'Öffnen Sie den Link darin, oder geben Sie hier den Code daraus ein. Bis dahin bleibt Ihre alte Adresse.',
    byCode: 'Geben Sie Ihre neue E-Mail-Adresse und den Code aus der E-Mail ein.',
    confirm: 'Neue Adresse bestätigen',
    changed: 'Ihre E-Mail-Adresse ist geändert.',
    other: 'Eine andere Adresse'
  },

  changePassword: {
    title: 'Passwort',
    lead: 'Ein neues Passwort meldet alle Ihre anderen Geräte ab.',
    submit: 'Passwort ändern',
    changed: 'Ihr Passwort ist geändert. Alle anderen Geräte sind abgemeldet.'
  },

  sessions: {
    title: 'Geräte',
    lead: 'Hier sind Sie angemeldet. Melden Sie ab, was Sie nicht kennen oder nicht mehr benutzen.',
    current: 'Dieses Gerät',
    device: (browser, system) => (system ? `${browser} unter ${system}` : browser),
    unknown: 'Unbekanntes Gerät',
    app: 'App',
    lastUsed: ago => `Zuletzt benutzt ${ago}`,
    since: moment => `Angemeldet ${moment}`,
    from: ip => `IP-Adresse ${ip}`,
    end: 'Abmelden',
    endOf: device => `${device} abmelden`,
    ended: device => `${device} ist abgemeldet.`,
    endOthers: 'Alle anderen Geräte abmelden',
    endOthersTitle: 'Alle anderen Geräte abmelden?',
    endOthersLead: 'Hier bleiben Sie angemeldet. Überall sonst wird wieder nach dem Passwort gefragt.',
    othersEnded: 'Alle anderen Geräte sind abgemeldet.',
    only: 'Sie sind nur auf diesem Gerät angemeldet.',
    list: 'Angemeldete Geräte'
  },

  activity: {
    title: 'Aktivität',
    lead: 'Was mit Ihrem Konto geschah, das Neueste zuerst. Wir bewahren es ein Jahr auf.',
    strange: 'Etwas davon waren Sie nicht?',
    end: 'Das ist alles.',
    byAdmin: 'durch die Verwaltung',
    attention: 'Bitte prüfen',
    change: (name, before, after) => (before === undefined ? `${name}: ${after}` : `${name}: ${before} → ${after}`)
  },

  events: {
    registration_started: 'Registriert',
    email_verified: 'E-Mail-Adresse bestätigt',
    verification_resent: 'Bestätigungs-E-Mail noch einmal gesendet',
    email_change_requested: 'Neue E-Mail-Adresse beantragt',
    email_changed: 'E-Mail-Adresse geändert',
    email_change_undone: 'Änderung der E-Mail-Adresse rückgängig gemacht',
    code_refused: 'Falscher Code eingegeben',
    login_succeeded: 'Angemeldet',
    login_failed: 'Anmeldung abgelehnt',
    session_reissued: 'Sitzung fortgesetzt',
    session_reuse_detected: 'Gestohlene Sitzung erkannt und beendet',
    session_revoked: 'Sitzung beendet',
    reauthentication_failed: 'Falsches Passwort bei der Nachfrage',
    password_reset_requested: 'E-Mail für ein neues Passwort angefordert',
    password_reset: 'Passwort per E-Mail neu gesetzt',
    password_changed: 'Passwort geändert',
    account_created: 'Konto angelegt',
    account_updated: 'Profil geändert',
    account_deleted: 'Konto gelöscht',
    account_suspended: 'Konto gesperrt',
    account_restored: 'Sperre aufgehoben',
    account_purged: 'Unbestätigtes Konto entfernt',
    role_changed: 'Rolle geändert',
    first_admin_appointed: 'Zur ersten Administration ernannt',
    signing_key_rotated: 'Signaturschlüssel gewechselt',
    mail_retried: 'Nicht zugestellte E-Mail noch einmal gesendet'
  },

  deletion: {
    title: 'Konto löschen',
    lead: 'Das lässt sich nicht rückgängig machen. Ihr Profil, Ihre Geräte und Ihr Zugang sind sofort weg.',
    confirmation: email => `Tippen Sie zur Bestätigung ${email}`,
    submit: 'Konto endgültig löschen'
  },

  terms: {
    title: 'Nutzungsbedingungen',
    lead: 'Ersetzen Sie diesen Text durch Ihre eigenen Bedingungen, bevor Sie online gehen.',
    paragraphs: [
      'Diese Seite ist ein Platzhalter des Beispiels. Sie steht hier, damit die Registrierung auf etwas verweisen kann und Sie sehen, wohin Ihr Text gehört: in die Datei jeder Sprache.',
      'Sagen Sie, wer Sie sind, wofür das Konto da ist, was Mitglieder dürfen und was nicht, wie sie und Sie es beenden können und welches Recht gilt.',
      'Was Sie über Mitglieder aufbewahren, warum und wie lange, gehört in eine Datenschutzerklärung, die Sie von hier verlinken.'
    ]
  }
}
