import { count } from './en.ts'

/** What the pages for Admins say: loaded with them, since most members never see one. */
export const en = {
  you: 'you',
  roles: {
    User: 'Sees and changes only their own account.',
    Admin: 'Sees and changes every account, and who else is an administrator.'
  },

  list: {
    shown: (n: number) => `${count(n, 'entry', 'entries')} shown`,
    end: 'That is all.',
    stale: 'Looking…',
    clear: 'Clear filters'
  },

  members: {
    title: 'Members',
    lead: 'Find a member by the beginning of an e-mail address or a last name.',
    search: 'Address or last name',
    role: 'Role',
    everyRole: 'Everyone',
    add: 'New member',
    name: 'Name',
    email: 'E-mail address',
    since: 'Since',
    sinceDay: (day: string) => `since ${day}`,
    unconfirmed: 'Not confirmed',
    table: 'Members',
    shown: (n: number, isAll: boolean) =>
      isAll ? count(n, 'member', 'members') : `${count(n, 'member', 'members')} shown, there are more`,
    none: 'There is no such member',
    noneLead:
      'The search goes by the beginning of the address or the last name: “love” finds Lovelace, “lace” does not.'
  },

  create: {
    title: 'New member',
    lead: 'The account can be used at once; a mail tells the member about it.',
    password: 'First password',
    passwordHint:
      'Hand it over in a safe way, not by mail. Or let the member choose one with “Forgot your password?” on the sign-in page.',
    submit: 'Create account',
    done: (name: string) => `${name} has an account now.`
  },

  member: {
    title: 'Member',
    details: 'Details',
    updated: 'Last changed',
    never: 'Never',
    id: 'Account number',
    edit: 'Edit',
    back: 'All members',
    gone: 'This member does not exist',
    goneLead:
      'The account was deleted, or the address of this page is wrong. What happened to it is kept among the events.',
    goneEvents: 'Events of this account'
  },

  edit: {
    title: (name: string) => `Edit ${name}`,
    lead: 'The member is told by mail about a new address, password or role.',
    changePassword: 'Set a new password',
    changePasswordHint: 'Signs out all devices of the member.',
    emailHint: 'Takes effect at once, and signs out all devices. Both addresses are told.',
    ownEmailHint: 'Takes effect once you have confirmed it by the mail that we send there.',
    submit: 'Save',
    submitOver: 'Save over the newer version',
    saved: (name: string) => `${name} is saved.`,
    confirmOwn: (email: string) =>
      `Saved. Your new address takes effect once you have confirmed it: look into the mail of ${email}.`
  },

  conflict: {
    title: 'Somebody else has changed this member meanwhile',
    lead: 'Nothing is saved yet, and nothing that you typed is lost. Decide for each field that both of you have changed; the form below shows what will be saved.',
    harmless:
      'None of what you see here was changed, but something else was, such as the password or a suspension. You can save again.',
    merged:
      'Nothing is saved yet, and nothing that you typed is lost. The two of you have changed different fields: you can save again.',
    taken: (changes: string) => `Changed by them only, and taken over: ${changes}`,
    theirs: 'Theirs',
    mine: 'Yours',
    takeAll: 'Take all of theirs',
    keepAll: 'Keep all of yours'
  },

  suspension: {
    title: 'Access',
    self: 'This is your own account: another administrator can suspend it, and you can delete it among your own pages.',
    open: 'The member can sign in.',
    unconfirmed: 'The member can sign in once the address is confirmed.',
    suspended: 'Suspended',
    since: 'Since',
    until: 'Until',
    forever: 'An administrator ends it',
    reason: 'Reason',
    suspend: 'Suspend',
    suspendTitle: (name: string) => `Suspend ${name}?`,
    suspendLead:
      'All devices are signed out, and the member cannot sign in. A mail tells the member that the account is suspended, and until when, but not why.',
    reasonHint: 'For administrators only',
    untilField: 'Until (optional)',
    untilHint: 'Without it an administrator ends the suspension.',
    done: (name: string) => `${name} is suspended.`,
    change: 'Change reason or end',
    changeTitle: 'Change the suspension',
    save: 'Save',
    changed: 'The suspension is changed.',
    restore: 'End suspension',
    restoreTitle: (name: string) => `Let ${name} sign in again?`,
    restoreLead: 'A mail tells the member about it.',
    restored: (name: string) => `${name} can sign in again.`
  },

  sessions: {
    title: 'Devices',
    none: 'The member is not signed in anywhere.',
    endAll: 'Sign out all devices',
    endAllTitle: (name: string) => `Sign out all devices of ${name}?`,
    endAllLead: 'Everywhere the password is asked for again. A mail tells the member about it.',
    allEnded: (name: string) => `All devices of ${name} are signed out.`
  },

  deletion: {
    title: 'Delete account',
    lead: 'This cannot be undone: profile, devices and access are gone at once. What happened stays among the events for a year.',
    ask: 'Delete account…',
    askTitle: (name: string) => `Delete the account of ${name}?`,
    done: (name: string) => `The account of ${name} is deleted.`
  },

  events: {
    title: 'Events',
    lead: 'Who did what to which account, newest first. Events are kept for a year.',
    event: 'What',
    every: 'Everything',
    actor: 'Done by',
    subject: 'Done to',
    memberHint: 'Address, last name or number',
    noSuchMember: 'No such member',
    severalMembers: 'Several members fit: please choose one.',
    remove: (filter: string) => `Remove the filter “${filter}”`,
    from: 'From',
    to: 'To (inclusive)',
    reversed: 'The last day is before the first',
    none: 'Nothing of this kind has happened',
    noneLead: 'Try it with fewer filters.',
    by: 'by',
    deleted: (id: string) => `deleted account ${id}`,
    details: 'Details',
    detailsOf: (event: string, moment: string) => `of “${event}”, ${moment}`,
    field: 'Field',
    before: 'Before',
    after: 'After',
    device: 'Device',
    ip: 'IP address',
    session: 'Session',
    request: 'Request',
    number: 'Event',
    actorId: 'Done by account',
    subjectId: 'Done to account',
    allTo: 'All events of this account',
    allBy: 'Everything this account did',
    /** Names in the detail of an event, beside those of fields. */
    names: {
      addressProvenAt: 'Address proven',
      role: 'Role',
      reason: 'Reason',
      since: 'Since',
      until: 'Until',
      from: 'Before',
      to: 'After',
      self: 'By the member',
      mail: 'Mail',
      template: 'Kind of mail',
      created: 'Created',
      keys: 'Keys',
      done: 'Step',
      manner: 'How'
    },
    yes: 'yes',
    no: 'no',
    nothing: '–'
  },

  mail: {
    title: 'Undelivered mail',
    lead: 'Mail that has not arrived: it waits for its next try, or was parked because a mail server refused it. Parked mail is deleted after 30 days.',
    show: 'Show',
    all: 'All',
    waiting: 'Waiting',
    parked: 'Parked',
    none: 'All mail has arrived',
    noneLead: 'There is nothing to do.',
    noneSuch: 'There is no such mail',
    attempts: (n: number) => count(n, 'try', 'tries'),
    written: (moment: string) => `written ${moment}`,
    parkedSince: (moment: string) => `Parked ${moment}`,
    nextTry: (moment: string) => `Next try ${moment}`,
    underWay: 'It is being tried now…',
    lastError: 'What the mail server said',
    retryTo: (address: string) => `Try again: the mail to ${address}`,
    retried: (address: string) => `The mail to ${address} is tried again.`,
    templates: {
      'verify-email': 'Confirm the e-mail address',
      'already-registered': 'Signed up again',
      'finish-registration': 'Finish the sign-up',
      'already-verified': 'Address is confirmed already',
      'reset-password': 'Choose a new password',
      'invite-admin': 'Invitation for an administrator',
      'password-changed': 'Password changed',
      'confirm-email-change': 'Confirm the new address',
      'email-change-requested': 'Change of address requested',
      'email-change-taken': 'Wanted address is taken',
      'email-changed': 'Address changed',
      'undo-email-change': 'Undo the change of address',
      'email-change-undone': 'Change of address undone',
      'new-device': 'Signed in on a new device',
      'role-changed': 'Role changed',
      'session-reuse': 'Stolen session ended',
      'sessions-ended': 'Devices signed out',
      'account-created': 'Account created',
      'account-suspended': 'Account suspended',
      'account-restored': 'Suspension ended',
      'account-deleted': 'Account deleted'
    }
  }
}

export type AdminTexts = typeof en
