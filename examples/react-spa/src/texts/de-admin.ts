import { count } from './de.ts'
import type { AdminTexts } from './en-admin.ts'

export const de: AdminTexts = {
  you: 'Sie',
  roles: {
    User: 'Sieht und ändert nur das eigene Konto.',
    Admin: 'Sieht und ändert jedes Konto, und wer sonst verwaltet.'
  },

  list: {
    shown: n => (n === 1 ? 'Ein Eintrag' : `${n} Einträge`),
    end: 'Das ist alles.',
    stale: 'Wird gesucht …',
    clear: 'Filter entfernen'
  },

  members: {
    title: 'Mitglieder',
    lead: 'Finden Sie ein Mitglied nach dem Anfang der E-Mail-Adresse oder des Nachnamens.',
    search: 'Adresse oder Nachname',
    role: 'Rolle',
    everyRole: 'Alle',
    add: 'Neues Mitglied',
    name: 'Name',
    email: 'E-Mail-Adresse',
    since: 'Seit',
    sinceDay: day => `seit ${day}`,
    unconfirmed: 'Nicht bestätigt',
    table: 'Mitglieder',
    shown: (n, isAll) =>
      isAll ? count(n, 'Mitglied', 'Mitglieder') : `${count(n, 'Mitglied', 'Mitglieder')} angezeigt, es gibt mehr`,
    none: 'So ein Mitglied gibt es nicht',
    noneLead:
      'Gesucht wird nach dem Anfang der Adresse oder des Nachnamens: „love“ findet Lovelace, „lace“ findet sie nicht.'
  },

  create: {
    title: 'Neues Mitglied',
    lead: 'Das Konto ist sofort benutzbar; das Mitglied erfährt davon per E-Mail.',
    password: 'Erstes Passwort',
    passwordHint:
      'Übergeben Sie es auf einem sicheren Weg, nicht per E-Mail. Oder lassen Sie das Mitglied über „Passwort vergessen?“ auf der Anmeldeseite selbst eines wählen.',
    submit: 'Konto anlegen',
    done: name => `${name} hat jetzt ein Konto.`
  },

  member: {
    title: 'Mitglied',
    details: 'Angaben',
    updated: 'Zuletzt geändert',
    never: 'Nie',
    id: 'Kontonummer',
    edit: 'Bearbeiten',
    back: 'Alle Mitglieder',
    gone: 'Dieses Mitglied gibt es nicht',
    goneLead:
      'Das Konto wurde gelöscht, oder die Adresse dieser Seite ist falsch. Was mit dem Konto geschah, steht weiter bei den Ereignissen.',
    goneEvents: 'Ereignisse dieses Kontos'
  },

  edit: {
    title: name => `${name} bearbeiten`,
    lead: 'Von einer neuen Adresse, Rolle oder einem neuen Passwort erfährt das Mitglied per E-Mail.',
    changePassword: 'Ein neues Passwort setzen',
    changePasswordHint: 'Meldet alle Geräte des Mitglieds ab.',
    emailHint: 'Gilt sofort und meldet alle Geräte ab. Beide Adressen werden benachrichtigt.',
    ownEmailHint: 'Gilt, sobald Sie sie über die E-Mail bestätigt haben, die wir dorthin senden.',
    submit: 'Speichern',
    submitOver: 'Über den neueren Stand speichern',
    saved: name => `${name} ist gespeichert.`,
    confirmOwn: email =>
      `Gespeichert. Ihre neue Adresse gilt, sobald Sie sie bestätigt haben: Sehen Sie in die E-Mails von ${email}.`
  },

  conflict: {
    title: 'Jemand anderes hat dieses Mitglied inzwischen geändert',
    lead: 'Noch ist nichts gespeichert, und nichts von Ihren Eingaben ist verloren. Entscheiden Sie bei jedem Feld, das Sie beide geändert haben; das Formular darunter zeigt, was gespeichert wird.',
    harmless:
      'Von dem, was Sie hier sehen, wurde nichts geändert, aber etwas anderes, zum Beispiel das Passwort oder eine Sperre. Sie können noch einmal speichern.',
    merged:
      'Noch ist nichts gespeichert, und nichts von Ihren Eingaben ist verloren. Sie haben verschiedene Felder geändert: Sie können noch einmal speichern.',
    taken: changes => `Nur dort geändert und übernommen: ${changes}`,
    theirs: 'Neuerer Stand',
    mine: 'Ihre Fassung',
    takeAll: 'Überall den neueren Stand nehmen',
    keepAll: 'Überall Ihre Fassung behalten'
  },

  suspension: {
    title: 'Zugang',
    self: 'Das ist Ihr eigenes Konto: Sperren kann es jemand anderes aus der Verwaltung, löschen können Sie es auf Ihren eigenen Seiten.',
    open: 'Das Mitglied kann sich anmelden.',
    unconfirmed: 'Das Mitglied kann sich anmelden, sobald die Adresse bestätigt ist.',
    suspended: 'Gesperrt',
    since: 'Seit',
    until: 'Bis',
    forever: 'Die Verwaltung hebt sie auf',
    reason: 'Grund',
    suspend: 'Sperren',
    suspendTitle: name => `${name} sperren?`,
    suspendLead:
      'Alle Geräte werden abgemeldet, und das Mitglied kann sich nicht anmelden. Per E-Mail erfährt es, dass das Konto gesperrt ist und bis wann, aber nicht warum.',
    reasonHint: 'Nur für die Verwaltung',
    untilField: 'Bis (optional)',
    untilHint: 'Ohne Angabe hebt die Verwaltung die Sperre auf.',
    done: name => `${name} ist gesperrt.`,
    change: 'Grund oder Ende ändern',
    changeTitle: 'Sperre ändern',
    save: 'Speichern',
    changed: 'Die Sperre ist geändert.',
    restore: 'Sperre aufheben',
    restoreTitle: name => `${name} wieder anmelden lassen?`,
    restoreLead: 'Das Mitglied erfährt davon per E-Mail.',
    restored: name => `${name} kann sich wieder anmelden.`
  },

  sessions: {
    title: 'Geräte',
    none: 'Das Mitglied ist nirgends angemeldet.',
    endAll: 'Alle Geräte abmelden',
    endAllTitle: name => `Alle Geräte von ${name} abmelden?`,
    endAllLead: 'Überall wird wieder nach dem Passwort gefragt. Das Mitglied erfährt davon per E-Mail.',
    allEnded: name => `Alle Geräte von ${name} sind abgemeldet.`
  },

  deletion: {
    title: 'Konto löschen',
    lead: 'Das lässt sich nicht rückgängig machen: Profil, Geräte und Zugang sind sofort weg. Was geschah, steht noch ein Jahr bei den Ereignissen.',
    ask: 'Konto löschen …',
    askTitle: name => `Konto von ${name} löschen?`,
    done: name => `Das Konto von ${name} ist gelöscht.`
  },

  events: {
    title: 'Ereignisse',
    lead: 'Wer was mit welchem Konto getan hat, das Neueste zuerst. Ereignisse werden ein Jahr lang aufbewahrt.',
    event: 'Was',
    every: 'Alles',
    actor: 'Getan von',
    subject: 'Betroffenes Konto',
    memberHint: 'Adresse, Nachname oder Nummer',
    noSuchMember: 'Kein solches Mitglied',
    severalMembers: 'Mehrere Mitglieder passen: Bitte wählen Sie eines.',
    remove: filter => `Den Filter „${filter}“ entfernen`,
    from: 'Von',
    to: 'Bis einschließlich',
    reversed: 'Der letzte Tag liegt vor dem ersten',
    none: 'Nichts dergleichen ist geschehen',
    noneLead: 'Versuchen Sie es mit weniger Filtern.',
    by: 'durch',
    deleted: id => `gelöschtes Konto ${id}`,
    details: 'Einzelheiten',
    detailsOf: (event, moment) => `zu „${event}“, ${moment}`,
    field: 'Feld',
    before: 'Vorher',
    after: 'Nachher',
    device: 'Gerät',
    ip: 'IP-Adresse',
    session: 'Sitzung',
    request: 'Anfrage',
    number: 'Ereignis',
    actorId: 'Getan vom Konto',
    subjectId: 'Betroffenes Konto',
    allTo: 'Alle Ereignisse dieses Kontos',
    allBy: 'Alles, was dieses Konto getan hat',
    names: {
      addressProvenAt: 'Adresse nachgewiesen',
      role: 'Rolle',
      reason: 'Grund',
      since: 'Seit',
      until: 'Bis',
      from: 'Vorher',
      to: 'Nachher',
      self: 'Vom Mitglied selbst',
      mail: 'E-Mail',
      template: 'Art der E-Mail',
      created: 'Angelegt',
      keys: 'Schlüssel',
      done: 'Schritt',
      manner: 'Wie'
    },
    yes: 'ja',
    no: 'nein',
    nothing: '–'
  },

  mail: {
    title: 'Nicht zugestellte E-Mails',
    lead: 'E-Mails, die nicht angekommen sind: Sie warten auf den nächsten Versuch oder wurden zurückgelegt, weil ein Mailserver sie abgelehnt hat. Zurückgelegte werden nach 30 Tagen gelöscht.',
    show: 'Anzeigen',
    all: 'Alle',
    waiting: 'Wartet',
    parked: 'Zurückgelegt',
    none: 'Alle E-Mails sind angekommen',
    noneLead: 'Es gibt nichts zu tun.',
    noneSuch: 'Solche E-Mails gibt es nicht',
    attempts: n => count(n, 'Versuch', 'Versuche'),
    written: moment => `geschrieben ${moment}`,
    parkedSince: moment => `Zurückgelegt ${moment}`,
    nextTry: moment => `Nächster Versuch ${moment}`,
    underWay: 'Wird gerade versucht …',
    lastError: 'Was der Mailserver sagte',
    retryTo: address => `Noch einmal versuchen: die E-Mail an ${address}`,
    retried: address => `Die E-Mail an ${address} wird noch einmal versucht.`,
    templates: {
      'verify-email': 'E-Mail-Adresse bestätigen',
      'already-registered': 'Noch einmal registriert',
      'finish-registration': 'Registrierung abschließen',
      'already-verified': 'Adresse ist schon bestätigt',
      'reset-password': 'Neues Passwort wählen',
      'invite-admin': 'Einladung in die Verwaltung',
      'password-changed': 'Passwort geändert',
      'confirm-email-change': 'Neue Adresse bestätigen',
      'email-change-requested': 'Änderung der Adresse verlangt',
      'email-change-taken': 'Gewünschte Adresse ist vergeben',
      'email-changed': 'Adresse geändert',
      'undo-email-change': 'Änderung der Adresse rückgängig machen',
      'email-change-undone': 'Änderung der Adresse rückgängig gemacht',
      'new-device': 'Auf neuem Gerät angemeldet',
      'role-changed': 'Rolle geändert',
      'session-reuse': 'Gestohlene Sitzung beendet',
      'sessions-ended': 'Geräte abgemeldet',
      'account-created': 'Konto angelegt',
      'account-suspended': 'Konto gesperrt',
      'account-restored': 'Sperre aufgehoben',
      'account-deleted': 'Konto gelöscht'
    }
  }
}
