import type { components, ErrorCode } from 'guildhall/client'

/** The name of your service. */
const PRODUCT = 'Guildhall'

const several = new Intl.PluralRules('en')
export const count = (n: number, one: string, other: string) => `${n} ${several.select(n) === 'one' ? one : other}`

const errors: Record<ErrorCode | 'unexpected_response', string> = {
  validation_failed: 'Please check what is marked above.',
  malformed_request: 'The server could not read the request. Please reload this page and try again.',
  ambiguous_token: 'The browser sent two sessions at once. Please reload this page.',
  authentication_required: 'Please sign in.',
  invalid_credentials: 'E-mail address or password is incorrect.',
  token_invalid: 'This link is not valid, or was used already.',
  token_expired: 'This link is no longer valid.',
  session_expired: 'Your session has expired, because it was not used for a while. Please sign in again.',
  session_revoked: 'Your session was ended. Please sign in again.',
  email_not_verified: 'Your e-mail address is not confirmed yet.',
  forbidden: 'You are not allowed to do this.',
  origin_not_allowed: 'The server does not accept requests from this site. Its operator has to allow the address.',
  not_found: 'This does not exist.',
  account_not_found: 'This account does not exist any more.',
  session_not_found: 'This session has ended already.',
  not_suspended: 'This account is not suspended.',
  mail_not_found: 'This mail is not waiting any more.',
  email_taken: 'This e-mail address is already in use.',
  last_admin: 'This is the last administrator. Appoint another one first.',
  reauthentication_required: 'Please enter your current password.',
  precondition_failed: 'Somebody else has changed this in the meantime. Look at the new state, then decide again.',
  payload_too_large: 'That is too much to send at once.',
  unsupported_media_type: 'The server could not read the request. Please reload this page and try again.',
  rate_limited: 'Too many attempts.',
  internal_error: 'Something went wrong on our side. Nothing you typed is lost; please try again.',
  busy: 'Many people are here right now. Please try again in a moment.',
  unavailable: 'The service is not available right now. Nothing you typed is lost.',
  unexpected_response: 'The server gave an answer that this page does not understand. Please try again.'
}

const events: Record<components['schemas']['EventName'], string> = {
  registration_started: 'Signed up',
  email_verified: 'E-mail address confirmed',
  verification_resent: 'Another confirmation mail sent',
  email_change_requested: 'Change of e-mail address requested',
  email_changed: 'E-mail address changed',
  email_change_undone: 'Change of e-mail address undone',
  code_refused: 'Wrong code entered',
  login_succeeded: 'Signed in',
  login_failed: 'Sign-in refused',
  session_reissued: 'Session continued',
  session_reuse_detected: 'Stolen session detected and ended',
  session_revoked: 'Session ended',
  reauthentication_failed: 'Wrong password when asked again',
  password_reset_requested: 'Mail for a new password requested',
  password_reset: 'Password reset by mail',
  password_changed: 'Password changed',
  account_created: 'Account created',
  account_updated: 'Profile changed',
  account_deleted: 'Account deleted',
  account_suspended: 'Account suspended',
  account_restored: 'Suspension ended',
  account_purged: 'Unconfirmed account removed',
  role_changed: 'Role changed',
  first_admin_appointed: 'Appointed first administrator',
  signing_key_rotated: 'Signing key changed',
  mail_retried: 'Undelivered mail sent again'
}

export const en = {
  product: PRODUCT,
  tagline: 'One account, in good hands.',
  skip: 'Skip to content',
  loading: 'Loading…',
  working: 'Working…',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  more: 'Load more',
  pageTitle: (title: string) => `${title} – ${PRODUCT}`,
  inSeconds: (n: number) =>
    n < 90
      ? `You can try again in ${count(n, 'second', 'seconds')}.`
      : `You can try again in ${count(Math.ceil(n / 60), 'minute', 'minutes')}.`,
  reference: (id: string) => `Reference for support: ${id}`,

  errors,
  unreachable: 'One moment, please',
  network: 'The service cannot be reached. Please check your connection. Nothing you typed is lost.',
  bug: 'Something went wrong on this page. Please reload it.',

  /** What is wrong with a field, by what the server found or the browser did. */
  faults: {
    required: 'Please fill this in.',
    email: 'Please enter a complete e-mail address, like ada@example.com.',
    code: 'Please enter the eight digits from the mail.',
    wrongCode: 'This code is wrong, used or no longer valid.',
    blank: 'Please enter letters or digits here.',
    tooShort: (n: number) => `Please use at least ${count(n, 'character', 'characters')}.`,
    tooLong: (n: number) => `Please use at most ${count(n, 'character', 'characters')}.`,
    commonPassword: 'This is one of the most common passwords. Please choose another one.',
    personalPassword: `This is too close to your name, your e-mail address or “${PRODUCT}”. Please choose another one.`,
    currentPassword: 'This is not your current password.',
    terms: 'Please accept the terms to go on.',
    future: 'Please choose a time in the future.',
    confirmation: 'Please type exactly what is asked for.'
  },

  fields: {
    title: 'Title',
    titleHint: 'As you wish to be addressed, for example Ms, Mr or Dr',
    titles: ['Ms', 'Mr', 'Mx', 'Dr', 'Prof'],
    firstName: 'First name',
    lastName: 'Last name',
    email: 'E-mail address',
    newEmail: 'New e-mail address',
    password: 'Password',
    newPassword: 'New password',
    currentPassword: 'Current password',
    code: 'Code from the mail',
    codeHint: 'Eight digits, for example 1234 5678'
  },

  password: {
    show: 'Show password',
    hint: 'At least 8 characters. Several unrelated words make a good one.',
    strength: 'Password strength',
    levels: ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'],
    good: 'Nothing to improve.',
    advice: {
      straightRow: 'Rows of keys are easy to guess.',
      keyPattern: 'Short patterns on the keyboard are easy to guess.',
      simpleRepeat: 'Repeated characters like “aaa” are easy to guess.',
      extendedRepeat: 'Repetitions like “abcabc” are easy to guess.',
      sequences: 'Sequences like “abc” or “6543” are easy to guess.',
      recentYears: 'Years are easy to guess.',
      dates: 'Dates are easy to guess.',
      topTen: 'This is one of the most used passwords.',
      topHundred: 'This is a very common password.',
      common: 'This is a common password.',
      similarToCommon: 'This is close to a common password.',
      wordByItself: 'A single word is easy to guess.',
      namesByThemselves: 'Names alone are easy to guess.',
      commonNames: 'Common names are easy to guess.',
      userInputs: `Do not use your name, your address or “${PRODUCT}”.`,
      pwned: 'This password has appeared in a data breach.',
      more: 'Add another word or two; uncommon ones are better.'
    }
  },

  navigation: {
    label: 'Your account',
    menu: 'Menu',
    overview: 'Overview',
    profile: 'Profile',
    email: 'E-mail address',
    password: 'Password',
    sessions: 'Devices',
    activity: 'Activity',
    deletion: 'Delete account',
    administration: 'Administration',
    members: 'Members',
    mail: 'Undelivered mail',
    events: 'Events'
  },

  pages: {
    docs: 'API documentation',
    mailbox: 'Mailbox'
  },

  preferences: {
    language: 'Language',
    appearance: 'Appearance',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark'
  },

  session: {
    signIn: 'Sign in',
    signUp: 'Create account',
    signOut: 'Sign out',
    stillSignedIn: 'You are still signed in.',
    signedOut: 'You are signed out.',
    deleted: 'Your account is deleted.'
  },

  reauthentication: {
    title: 'Confirm that it is you',
    lead: 'You signed in a while ago. Please enter your current password to go on.',
    confirm: 'Confirm'
  },

  notFound: {
    title: 'Page not found',
    lead: 'There is nothing at this address. Maybe a link was cut off.',
    back: 'To the start page'
  },

  refused: {
    title: 'For administrators only',
    lead: 'These pages are for those who look after the members. If you need something here, please ask one of them.'
  },

  broken: {
    title: 'This page has failed',
    lead: 'That is our mistake, not yours. Reloading helps most of the time.',
    reload: 'Reload'
  },

  welcome: {
    title: 'Welcome',
    lead: 'Sign in to your account, or create one in a minute.',
    have: 'You have an account',
    haveLead: 'Sign in with your e-mail address and your password.',
    new: 'You are new here',
    newLead: 'Sign up with an e-mail address that you can read now: we send a link to it.'
  },

  overview: {
    title: (firstName: string) => `Hello, ${firstName}`,
    lead: 'Everything about your account in one place.',
    name: 'Name',
    email: 'E-mail address',
    role: 'Role',
    roles: { User: 'Member', Admin: 'Administrator' },
    since: 'Member since',
    changeName: 'Change name',
    changeEmail: 'Change e-mail address',
    password: 'Password',
    passwordLead: 'Change it whenever you think that somebody else knows it.',
    changePassword: 'Change password',
    sessions: 'Devices',
    sessionsLead: 'See where you are signed in, and sign out what you do not know.',
    seeSessions: 'See devices',
    activity: 'Activity',
    activityLead: 'What happened to your account, with time and place.',
    seeActivity: 'See activity'
  },

  signIn: {
    title: 'Sign in',
    forgotten: 'Forgot your password?',
    newHere: 'New here?',
    signUp: 'Create an account'
  },

  signUp: {
    title: 'Create your account',
    lead: 'It takes a minute, and an e-mail address that you can read now.',
    terms: 'I accept the terms of use',
    readTerms: 'Read the terms of use',
    newTab: '(opens in a new tab)',
    submit: 'Create account',
    haveAccount: 'Already have an account?'
  },

  checkMail: {
    title: 'Look into your mail',
    sent: 'We have sent a message to this address:',
    unverified:
      'Your password is right, but your e-mail address is not confirmed yet. We sent a message to it when you signed up:',
    act: 'Open the link in it, or enter the code from it here.',
    submit: 'Confirm address',
    nothing: 'No mail yet?',
    nothingLead: 'It may take a minute. Please look into the spam folder, too.',
    resend: 'Send the mail again',
    resendIn: (n: number) => `Send again in ${n} s`,
    resent: 'If this address waits for its confirmation, another mail is on its way.',
    wrong: 'Wrong address?',
    change: 'Sign up with another one',
    whichAddress: 'Which address do you want to confirm?'
  },

  verify: {
    title: 'Confirm your e-mail address',
    lead: 'One click confirms that this address is yours.',
    submit: 'Confirm e-mail address',
    byCode: 'Enter your e-mail address and the code from the mail.',
    done: 'Your address is confirmed',
    doneSignIn: 'You can sign in now.',
    doneSignedIn: 'It is the address of your account from now on.',
    onward: 'To your account',
    dead: 'This link does not work any more',
    deadLead: 'It may be used, expired, or replaced by a newer one. We gladly send you another mail.',
    newMail: 'Get a new mail',
    taken: 'This address belongs to another account by now.'
  },

  undo: {
    title: 'Undo the change of your e-mail address',
    lead: 'One click gives your account its old address back.',
    consequences: [
      'All devices are signed out.',
      'The present password no longer works.',
      'We send a link for a new password to the old address.'
    ],
    submit: 'Undo the change',
    done: 'Your old address is back',
    doneLead: 'We have sent it a link to choose a new password. Please use it now: until then nobody can sign in.',
    incomplete: 'This link is incomplete',
    incompleteLead: 'Please open it again from the mail. It works for three days.',
    dead: 'This link does not work any more',
    deadLead:
      'The change was undone already, or it is more than three days old. If somebody else has your account, please contact support.'
  },

  forgotten: {
    title: 'Forgot your password?',
    lead: 'Enter your e-mail address. We send you a link and a code for choosing a new password.',
    submit: 'Send mail',
    haveCode: 'I have a code already',
    remembered: 'Back to the sign-in'
  },

  reset: {
    title: 'Choose a new password',
    sent: (email: string) =>
      `If there is an account with ${email}, a mail is on its way. Open the link in it, or enter the code from it here.`,
    byCode: 'Enter your e-mail address, the code from the mail, and your new password.',
    consequences: 'All your devices will be signed out.',
    submit: 'Set new password',
    done: 'Your password is changed',
    doneLead: 'You can sign in with it now.',
    dead: 'This link does not work any more',
    deadLead: 'It may be used, expired, or replaced by a newer one.',
    newMail: 'Get a new mail',
    again: 'Send the mail again'
  },

  profile: {
    title: 'Profile',
    lead: 'How you are addressed.',
    submit: 'Save',
    saved: 'Your profile is saved.'
  },

  email: {
    title: 'E-mail address',
    lead: 'You sign in with it, and our mail goes there.',
    present: 'Present address',
    submit: 'Change address',
    same: 'This is your address already.',
    haveCode: 'I have a code already',
    sentTitle: 'Confirm the new address',
    sent: 'We have sent a message to the new address:',
    act: 'Open the link in it, or enter the code from it here. Until then your old address stays.',
    byCode: 'Enter your new e-mail address and the code from the mail.',
    confirm: 'Confirm new address',
    changed: 'Your e-mail address is changed.',
    other: 'Another address'
  },

  changePassword: {
    title: 'Password',
    lead: 'A new password signs out all your other devices.',
    submit: 'Change password',
    changed: 'Your password is changed. All other devices are signed out.'
  },

  sessions: {
    title: 'Devices',
    lead: 'Here you are signed in. Sign out whatever you do not know or no longer use.',
    current: 'This device',
    device: (browser: string, system: string) => (system ? `${browser} on ${system}` : browser),
    unknown: 'Unknown device',
    app: 'App',
    lastUsed: (ago: string) => `Last used ${ago}`,
    since: (moment: string) => `Signed in ${moment}`,
    from: (ip: string) => `IP address ${ip}`,
    end: 'Sign out',
    endOf: (device: string) => `Sign out ${device}`,
    ended: (device: string) => `${device} is signed out.`,
    endOthers: 'Sign out all other devices',
    endOthersTitle: 'Sign out all other devices?',
    endOthersLead: 'You stay signed in here. Everywhere else the password is asked for again.',
    othersEnded: 'All other devices are signed out.',
    only: 'You are signed in on this device only.',
    list: 'Devices that are signed in'
  },

  activity: {
    title: 'Activity',
    lead: 'What happened to your account, newest first. We keep it for a year.',
    strange: 'Something here was not you?',
    end: 'That is all.',
    byAdmin: 'by an administrator',
    attention: 'Please check',
    change: (name: string, before: string | undefined, after: string) =>
      before === undefined ? `${name}: ${after}` : `${name}: ${before} → ${after}`
  },

  events,

  deletion: {
    title: 'Delete account',
    lead: 'This cannot be undone. Your profile, your devices and your access are gone at once.',
    confirmation: (email: string) => `Type ${email} to confirm`,
    submit: 'Delete account for good'
  },

  terms: {
    title: 'Terms of use',
    lead: 'Replace this text by your own terms before you go live.',
    paragraphs: [
      'This page is a placeholder of the example. It stands here so that the sign-up can lead to something, and so that you see where your text belongs: in the file of each language.',
      'Say who you are, what the account is for, what members may and may not do, how they and you can end it, and which law applies.',
      'What you keep about members, why and for how long belongs in a privacy notice, which you link from here.'
    ]
  }
}

export type Texts = typeof en
