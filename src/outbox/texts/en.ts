import type { MailTexts } from './index.ts'

export const en: MailTexts = {
  product: 'Guildhall',
  greeting: firstName => (firstName ? `Hello ${firstName},` : 'Hello,'),
  validity: duration => `This link is valid for ${duration} and works once.`,
  spelledOut: 'If the button does not work, copy this address into your browser:',
  footer: product => `An automatic message from ${product}.`,

  'verify-email': {
    subject: 'Confirm your e-mail address',
    preheader: 'One click, and your account is ready.',
    heading: 'Confirm your e-mail address',
    before: ({ product }) => [
      `Welcome to ${product}. Please confirm that this e-mail address is yours, and your account is ready.`
    ],
    button: 'Confirm e-mail address',
    after: () => [
      'Did you not sign up? Then somebody entered your address, perhaps by mistake. You need not do anything: ' +
        'without this confirmation there is no account.'
    ]
  },
  'already-registered': {
    subject: 'You already have an account',
    preheader: 'Somebody signed up with your address. Your account has not changed.',
    heading: 'You already have an account',
    before: ({ product }) => [
      `Somebody has just signed up at ${product} with this e-mail address. You already have an account here, ` +
        'and nothing about it has changed.',
      'If it was you, simply log in. If you have forgotten your password, you can set a new one there.'
    ],
    button: 'Log in',
    after: () => [
      'If it was not you, you need not do anything. Whoever it was has not learned that you have an account.'
    ]
  },
  'reset-password': {
    subject: 'Set a new password',
    preheader: 'Use this link to choose a new password.',
    heading: 'Set a new password',
    before: ({ product }) => [
      `A new password was asked for, for your account at ${product}. Use the button to choose one.`
    ],
    button: 'Choose a new password',
    after: () => [
      'If it was not you, you need not do anything: your password stays as it is. Do not pass this link on to anybody.'
    ]
  },
  'invite-admin': {
    subject: 'Your administrator account',
    preheader: 'Choose a password, and your account is ready.',
    heading: 'Your administrator account',
    before: ({ product }) => [
      `An account with the role Admin was made for you at ${product}. Choose a password, and it is ready.`
    ],
    button: 'Choose a password',
    after: () => [
      'With this account you can see, change and delete the accounts of all members. ' +
        'Do not pass this link on to anybody.',
      'If you did not expect this, you need not do anything.'
    ]
  },
  'password-changed': {
    subject: 'Your password was changed',
    preheader: 'If it was you, there is nothing to do.',
    heading: 'Your password was changed',
    before: ({ product }) => [`The password of your account at ${product} has just been changed.`],
    button: 'Go to your account',
    after: () => [
      'If it was you, there is nothing to do. If not, somebody else may have access: ' +
        'set a new password at once with “Forgot password”.'
    ]
  },
  'confirm-email-change': {
    subject: 'Confirm your new e-mail address',
    preheader: 'One click, and this is the address of your account.',
    heading: 'Confirm your new e-mail address',
    before: ({ product }) => [
      `This address is to become the e-mail address of an account at ${product}. ` +
        'Please confirm that it is yours. Until then the old address stays in use.'
    ],
    button: 'Confirm new address',
    after: () => [
      'Did you not ask for this? Then somebody entered your address, perhaps by mistake. ' +
        'Do not use the link, and nothing will change.'
    ]
  },
  'email-change-requested': {
    subject: 'A new e-mail address was asked for',
    preheader: 'It takes effect when the new address is confirmed.',
    heading: 'A new e-mail address was asked for',
    before: ({ product }) => [
      `Your account at ${product} is to get a new e-mail address. It takes effect when the new address is confirmed.`
    ],
    details: ({ newEmail }) => [['New address', newEmail]],
    button: 'Go to your account',
    after: () => [
      'If it was you, there is nothing to do here: the link to confirm went to the new address. ' +
        'If not, somebody else has access to your account: change your password at once.'
    ]
  },
  'email-change-taken': {
    subject: 'This address already has an account',
    preheader: 'Somebody wanted to use your address for another account. Nothing has changed.',
    heading: 'This address already has an account',
    before: ({ product }) => [
      `Somebody wanted to give another account at ${product} this e-mail address. ` +
        'You already have an account with it, so nothing has changed.',
      'If it was you, log in with this address, or choose a different one for the other account.'
    ],
    button: 'Log in',
    after: () => [
      'If it was not you, you need not do anything. Whoever it was has not learned that you have an account.'
    ]
  },
  'email-changed': {
    subject: 'Your e-mail address was changed',
    preheader: 'Your account has a new e-mail address.',
    heading: 'Your e-mail address was changed',
    before: ({ product }) => [`Your account at ${product} has a new e-mail address. Use it to log in from now on.`],
    details: ({ newEmail }) => [['New address', newEmail]],
    button: 'Go to your account',
    after: ({ product }) => [
      'If you know of this change, there is nothing to do. ' +
        `If not, somebody else may have taken your account: please turn to the operators of ${product} at once.`
    ]
  },
  'session-reuse': {
    subject: 'We ended one of your sessions',
    preheader: 'Somebody may have copied a login of yours.',
    heading: 'We ended one of your sessions',
    before: ({ product }) => [
      `A login of yours at ${product} was used from two places, so somebody may have copied it. ` +
        'To be safe, we ended that session. Your other sessions go on.'
    ],
    details: ({ at, userAgent }) => [
      ['Ended', at],
      ['Device', userAgent]
    ],
    button: 'Log in again',
    after: () => [
      'Please log in again on that device. If you do not recognise it, or if you find anything changed ' +
        'in your account, set a new password: that ends all sessions.'
    ]
  },
  'account-created': {
    subject: 'An account was made for you',
    preheader: 'You can log in with this e-mail address.',
    heading: 'An account was made for you',
    before: ({ product }) => [
      `An administrator made an account for you at ${product}. You log in with this e-mail address.`,
      'If you have not been told a password, choose one yourself with “Forgot password”.'
    ],
    button: 'Log in',
    after: () => ['If you did not expect this, you need not do anything.']
  },
  'account-deleted': {
    subject: 'Your account was deleted',
    preheader: 'All sessions have ended.',
    heading: 'Your account was deleted',
    before: ({ product }) => [
      `Your account at ${product} was deleted. All its sessions have ended, and nobody can log in with it any more.`
    ],
    after: ({ product }) => [`If you did not ask for this, please turn to the operators of ${product}.`]
  }
}
