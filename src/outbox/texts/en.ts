import type { MailTexts } from './index.ts'

export const en: MailTexts = {
  product: 'Guildhall',
  greeting: firstName => (firstName ? `Hello ${firstName},` : 'Hello,'),
  validity: (duration, hasCode) =>
    hasCode
      ? `The link and the code are valid for ${duration} and work once.`
      : `This link is valid for ${duration} and works once.`,
  spelledOut: 'If the button does not work, copy this address into your browser:',
  codeHint: 'Reading this on another device? Enter the code there instead.',
  codeLabel: 'Your code is',
  footer: product => `This is an automated message from ${product}.`,

  'verify-email': {
    subject: 'Confirm your e-mail address',
    preheader: 'One click and your account is ready.',
    heading: 'Confirm your e-mail address',
    before: ({ product }) => [
      `Welcome to ${product}. Please confirm that this is your e-mail address, and your account is ready.`
    ],
    button: 'Confirm e-mail address',
    after: () => [
      'Didn’t sign up? Someone may have entered your address by mistake. You can ignore this message: the account ' +
        'cannot be used unless the address is confirmed.',
      'Do not share the link or the code with anyone.'
    ]
  },
  'already-registered': {
    subject: 'You already have an account',
    preheader: 'Someone signed up with your address. Your account has not changed.',
    heading: 'You already have an account',
    before: ({ product }) => [
      `Someone just tried to sign up for ${product} with this e-mail address. You already have an account, ` +
        'and nothing about it has changed.',
      'If it was you, simply sign in. If you have forgotten your password, you can reset it there.'
    ],
    button: 'Sign in',
    after: () => ['If this wasn’t you, you can ignore this message. They were not told that you have an account.']
  },
  'finish-registration': {
    subject: 'Finish signing up',
    preheader: 'Choose a password and your account is ready.',
    heading: 'Finish signing up',
    before: ({ product }) => [
      `You asked for another message to confirm your e-mail address at ${product}. This address was used to sign up more ` +
        'than once, or a while ago, so please choose your password anew. That also confirms the address.'
    ],
    button: 'Choose a password',
    after: () => [
      'Didn’t ask for this? You can ignore this message: the account cannot be used unless the address is confirmed. ' +
        'Do not share the link or the code with anyone.'
    ]
  },
  'already-verified': {
    subject: 'Your e-mail address is confirmed',
    preheader: 'There is nothing left to do: you can sign in.',
    heading: 'Your e-mail address is confirmed',
    before: ({ product }) => [
      `Someone asked for another message to confirm this e-mail address at ${product}. It is confirmed already, so there ` +
        'is nothing left to do: simply sign in.'
    ],
    button: 'Sign in',
    after: () => ['If this wasn’t you, you can ignore this message. They were not told that you have an account.']
  },
  'reset-password': {
    subject: 'Reset your password',
    preheader: 'Use this link to choose a new password.',
    heading: 'Reset your password',
    before: ({ product }) => [
      `We received a request to reset the password of your ${product} account. Use the button below to choose a new one.`
    ],
    button: 'Choose a new password',
    after: () => [
      'If this wasn’t you, you can ignore this message: your password has not changed. Do not share the link or the code with anyone.'
    ]
  },
  'invite-admin': {
    subject: 'Your administrator account',
    preheader: 'Choose a password and your account is ready.',
    heading: 'Your administrator account',
    before: ({ product }) => [
      `An administrator account has been created for you at ${product}. Choose a password, and it is ready.`
    ],
    button: 'Choose a password',
    after: () => [
      'With this account you can see, change and delete the accounts of all members. ' +
        'Do not share the link or the code with anyone.',
      'If you did not expect this, you can ignore this message.'
    ]
  },
  'password-changed': {
    subject: 'Your password was changed',
    preheader: 'If this was you, there is nothing to do.',
    heading: 'Your password was changed',
    before: ({ product }) => [`The password of your ${product} account has just been changed.`],
    button: 'Go to your account',
    after: () => [
      'If this was you, there is nothing to do. If not, someone else may have access: ' +
        'reset your password now with “Forgot password”.'
    ]
  },
  'confirm-email-change': {
    subject: 'Confirm your new e-mail address',
    preheader: 'One click, and this is the address of your account.',
    heading: 'Confirm your new e-mail address',
    before: ({ product }) => [
      `Someone asked to use this address for an account at ${product}. ` +
        'Please confirm that it is yours. Until then the old address stays in use.'
    ],
    button: 'Confirm new address',
    after: () => [
      'Didn’t ask for this? Someone may have entered your address by mistake. ' +
        'Do not use the link or the code, do not share them with anyone, and nothing will change.'
    ]
  },
  'email-change-requested': {
    subject: 'Request to change your e-mail address',
    preheader: 'It takes effect when the new address is confirmed.',
    heading: 'Request to change your e-mail address',
    before: ({ product }) => [
      `We received a request to change the e-mail address of your ${product} account. ` +
        'It takes effect when the new address is confirmed.'
    ],
    details: ({ newEmail }) => [['New address', newEmail]],
    button: 'Go to your account',
    after: () => [
      'If this was you, there is nothing to do here: the link to confirm went to the new address. ' +
        'If not, someone else has access to your account: change your password now.'
    ]
  },
  'email-change-taken': {
    subject: 'This address already has an account',
    preheader: 'Someone tried to use your address for another account. Nothing has changed.',
    heading: 'This address already has an account',
    before: ({ product }) => [
      `Someone tried to use this e-mail address for another account at ${product}. ` +
        'You already have an account with it, so nothing has changed.',
      'If it was you, sign in with this address, or choose a different one for the other account.'
    ],
    button: 'Sign in',
    after: () => ['If this wasn’t you, you can ignore this message. They were not told that you have an account.']
  },
  'email-changed': {
    subject: 'Your e-mail address was changed',
    preheader: 'Your account has a new e-mail address.',
    heading: 'Your e-mail address was changed',
    before: ({ product }) => [`Your ${product} account has a new e-mail address. Use it to sign in from now on.`],
    details: ({ newEmail }) => [['New address', newEmail]],
    button: 'Go to your account',
    after: ({ product }) => [
      'If you know about this change, there is nothing to do. ' +
        `If not, someone else may have taken over your account: please contact the ${product} team immediately.`
    ]
  },
  'undo-email-change': {
    subject: 'Your e-mail address was changed',
    preheader: 'If this wasn’t you, you can undo it.',
    heading: 'Your e-mail address was changed',
    before: ({ product }) => [
      `Your ${product} account has a new e-mail address. This one no longer belongs to it.`,
      'If this wasn’t you, undo the change: this address comes back, all sessions end, the password no longer works, ' +
        'and we send you a link to choose a new one.'
    ],
    details: ({ newEmail }) => [['New address', newEmail]],
    button: 'Undo the change',
    after: () => ['If you know about this change, there is nothing to do. Do not share this link with anyone.']
  },
  'email-change-undone': {
    subject: 'The change of your e-mail address was undone',
    preheader: 'All sessions have ended, and the password no longer works.',
    heading: 'The change of your e-mail address was undone',
    before: ({ product }) => [
      `Your ${product} account has its old e-mail address again. All its sessions have ended, and the password no ` +
        'longer works: a link to choose a new one went to this address.'
    ],
    details: ({ newEmail }) => [['Address', newEmail]],
    after: ({ product }) => [
      'If you know about this, there is nothing else to do. ' +
        `If not, someone else may read mail to that address: please contact the ${product} team immediately.`
    ]
  },
  'new-device': {
    subject: 'New sign-in to your account',
    preheader: 'If this was you, there is nothing to do.',
    heading: 'New sign-in to your account',
    before: ({ product }) => [
      `Someone just signed in to your ${product} account with your password, from a device or place that we have not ` +
        'seen before.'
    ],
    details: ({ at, userAgent, ip }) => [
      ['Time', at],
      ['Device', userAgent],
      ['Address', ip]
    ],
    button: 'Go to your account',
    after: () => [
      'If this was you, there is nothing to do. If not, someone else knows your password: ' +
        'reset it now with “Forgot password”. That ends all sessions.'
    ]
  },
  'role-changed': {
    subject: 'Your role was changed',
    preheader: 'It decides what you can do.',
    heading: 'Your role was changed',
    before: ({ product }) => [`Your ${product} account has another role now.`],
    details: ({ role }) => [['New role', role]],
    button: 'Go to your account',
    after: ({ product }) => [`If you did not expect this, please contact the ${product} team.`]
  },
  'session-reuse': {
    subject: 'We ended one of your sessions',
    preheader: 'Someone may have copied one of your sessions.',
    heading: 'We ended one of your sessions',
    before: ({ product }) => [
      `One of your sessions at ${product} was used in two places, so someone may have copied it. ` +
        'To be safe, we ended it. Your other sessions go on.'
    ],
    details: ({ at, userAgent }) => [
      ['Ended', at],
      ['Device', userAgent]
    ],
    button: 'Sign in again',
    after: () => [
      'Please sign in again on that device. If you do not recognise it, or if anything in your account ' +
        'has changed, reset your password: that ends all sessions.'
    ]
  },
  'sessions-ended': {
    subject: 'An administrator signed you out',
    preheader: 'You can sign in again.',
    heading: 'An administrator signed you out',
    before: ({ product }) => [`An administrator has ended one or more of your sessions at ${product}.`],
    details: ({ at, userAgent }) => [
      ['Ended', at],
      ['Device', userAgent]
    ],
    button: 'Sign in again',
    after: ({ product }) => [
      'Your account has not changed, and you can sign in again. ' +
        `If you do not know why this was done, please ask the ${product} team.`
    ]
  },
  'account-created': {
    subject: 'An account has been created for you',
    preheader: 'You can sign in with this e-mail address.',
    heading: 'An account has been created for you',
    before: ({ product }) => [
      `An administrator has created an account for you at ${product}. You sign in with this e-mail address.`,
      'If nobody gave you a password, choose one with “Forgot password”.'
    ],
    button: 'Sign in',
    after: () => ['If you did not expect this, you can ignore this message.']
  },
  'account-suspended': {
    subject: 'Your account is suspended',
    preheader: 'All sessions have ended.',
    heading: 'Your account is suspended',
    before: ({ product }) => [
      `An administrator has suspended your ${product} account. All its sessions have ended, and nobody can sign in ` +
        'with it while it is suspended.'
    ],
    details: ({ until }) => [['Suspended until', until]],
    after: ({ product }) => [`If you think that this is a mistake, please contact the ${product} team.`]
  },
  'account-restored': {
    subject: 'Your account is no longer suspended',
    preheader: 'You can sign in again.',
    heading: 'Your account is no longer suspended',
    before: ({ product }) => [
      `An administrator has ended the suspension of your ${product} account. You can sign in again.`
    ],
    button: 'Sign in',
    after: () => [
      'Your old sessions stay ended. If you have forgotten your password, you can choose a new one with “Forgot password”.'
    ]
  },
  'account-deleted': {
    subject: 'Your account was deleted',
    preheader: 'All sessions have ended.',
    heading: 'Your account was deleted',
    before: ({ product }) => [
      `Your ${product} account was deleted. All its sessions have ended, and nobody can sign in with it any more.`
    ],
    after: ({ product }) => [`If you did not ask for this, please contact the ${product} team.`]
  }
}
