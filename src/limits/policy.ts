import { DAY, HOUR, MINUTE } from '../clock.ts'

/** What a counter counts by. */
export type LimitKey =
  | 'address'
  | 'account'
  | 'recipient'
  | 'recipient and address'
  | 'known device of an account'
  | 'member'
  | 'session'
  | 'presented session'
  | 'installation'

export interface Limit {
  by: LimitKey
  /** Requests in a window. */
  most: number
  /** Length of the window, ms; it begins with the first request. */
  window: number
  /** A request that succeeds takes its count back: only failures stay. */
  failuresOnly?: true
  /**
   * Where it is full, who goes on: devices that the account is known to use, by the limits in DEVICE, or sessions, by
   * the limit in SESSION.
   */
  spares?: 'known devices' | 'sessions'
  /** Only requests with this field in their body are counted; of failures those that the field may be to blame for. */
  onlyWith?: 'currentPassword' | 'code'
  /**
   * Counts mail to the address in the body: of a member's request only when it wishes for another address. A request that
   * fails sends none, and takes its count back.
   */
  ofMail?: true
  /** Counted in the process alone: nothing is asked of a store. */
  inProcess?: true
  /** For docs/limits.md. */
  why: string
}

/**
 * Every limit there is; routes name theirs in `config.limits`. docs/limits.md has the same table, and a test holds it
 * there.
 */
export const LIMITS = {
  requests: {
    by: 'address',
    most: 6000,
    window: MINUTE,
    inProcess: true,
    spares: 'sessions',
    why: 'Coarse, for every route: an office of 50 with busy pages stays below, a loop does not.'
  },
  changes: {
    by: 'session',
    most: 60,
    window: MINUTE,
    inProcess: true,
    why: 'A change may cost a hash, and waits for others of its account. By session, so that a stolen one keeps nobody from changing the password elsewhere.'
  },
  'changes-account': {
    by: 'member',
    most: 240,
    window: MINUTE,
    inProcess: true,
    why: 'All sessions together: one member must keep neither the hash process nor the database busy for all.'
  },
  'changes-address': {
    by: 'address',
    most: 300,
    window: MINUTE,
    inProcess: true,
    why: 'All members at an address together: many accounts of one attacker must not keep the hash process busy, either.'
  },
  guesses: {
    by: 'session',
    most: 10,
    window: 15 * MINUTE,
    failuresOnly: true,
    onlyWith: 'currentPassword',
    why: 'Whoever holds a stolen token guesses at the password no faster than a stranger, and takes no try from its member.'
  },
  'guesses-day': {
    by: 'session',
    most: 50,
    window: DAY,
    failuresOnly: true,
    onlyWith: 'currentPassword',
    why: 'The same over a day: no more than of `account-day`.'
  },
  'guesses-account': {
    by: 'member',
    most: 200,
    window: DAY,
    failuresOnly: true,
    onlyWith: 'currentPassword',
    why: 'All sessions together: a thief would need several.'
  },
  wishes: {
    by: 'member',
    most: 10,
    window: HOUR,
    ofMail: true,
    why: 'Each sends a mail to an address that the member names.'
  },
  logins: {
    by: 'address',
    most: 120,
    window: MINUTE,
    spares: 'known devices',
    why: 'An office of 50 in the morning; one busy browser makes 20.'
  },
  failures: {
    by: 'address',
    most: 300,
    window: HOUR,
    failuresOnly: true,
    spares: 'known devices',
    why: 'Stuffing from one address tries many accounts; an office of 50 mistypes a few times each.'
  },
  'account-minute': {
    by: 'account',
    most: 20,
    window: MINUTE,
    failuresOnly: true,
    spares: 'known devices',
    why: 'The first delay, up to a minute. One busy browser makes 20 logins of one account at once.'
  },
  'account-quarter': {
    by: 'account',
    most: 30,
    window: 15 * MINUTE,
    failuresOnly: true,
    spares: 'known devices',
    why: 'The second delay, up to a quarter of an hour.'
  },
  'account-day': {
    by: 'account',
    most: 50,
    window: DAY,
    failuresOnly: true,
    spares: 'known devices',
    why: 'The last delay. Two neighbouring windows are 100, the most of NIST SP 800-63B-4 §3.2.2.'
  },
  hashes: {
    by: 'installation',
    most: 3000,
    window: MINUTE,
    spares: 'known devices',
    why: 'A ceiling for passwords hashed and tried, however many addresses and accounts an attack has.'
  },
  registrations: {
    by: 'address',
    most: 100,
    window: HOUR,
    why: 'An office signs up together; one browser makes 10 in a minute.'
  },
  resets: {
    by: 'address',
    most: 100,
    window: HOUR,
    spares: 'known devices',
    why: 'The same for forgotten passwords; one browser makes 5 in a minute.'
  },
  'recipient-address': {
    by: 'recipient and address',
    most: 15,
    window: HOUR,
    ofMail: true,
    spares: 'known devices',
    why: 'Small: one stranger sends a mailbox this many mails, of any kind, and locks out nobody on other networks.'
  },
  recipient: {
    by: 'recipient',
    most: 30,
    window: HOUR,
    ofMail: true,
    spares: 'known devices',
    why: 'Larger: strangers together. By kind of mail, so that a flood of one keeps nobody from another: from a reset, say.'
  },
  mails: {
    by: 'installation',
    most: 600,
    window: MINUTE,
    ofMail: true,
    spares: 'known devices',
    why: 'A ceiling for mail that strangers cause: what mail services bear without a bad name.'
  },
  codes: {
    by: 'address',
    most: 30,
    window: HOUR,
    failuresOnly: true,
    onlyWith: 'code',
    why: 'Each account has five tries of its own; this holds who tries one account after the other.'
  },
  links: {
    by: 'address',
    most: 60,
    window: MINUTE,
    why: 'Links and codes are tried at most so fast; each is used once or twice by an honest page.'
  }
} as const satisfies Record<string, Limit>

/** What a known device is limited by where it is spared: growing delays of its own, successes included. */
export const DEVICE = {
  'device-minute': {
    by: 'known device of an account',
    most: 20,
    window: MINUTE,
    why: 'The first delay of a known device while strangers attack its account.'
  },
  'device-quarter': {
    by: 'known device of an account',
    most: 30,
    window: 15 * MINUTE,
    why: 'The second.'
  },
  'device-day': {
    by: 'known device of an account',
    most: 50,
    window: DAY,
    why: 'The last: whoever shares the network and agent of a member gets no more than any stranger.'
  }
} as const satisfies Record<string, Limit>

/** What a request with a token of ours is limited by where its address has made too many. */
export const SESSION = {
  'session-requests': {
    by: 'presented session',
    most: 120,
    window: MINUTE,
    inProcess: true,
    why: 'Whoever floods from the address of an office does not sign out those who work there.'
  },
  'session-address': {
    by: 'address',
    most: 6000,
    window: MINUTE,
    inProcess: true,
    why: 'All of them together: sessions are easily made, and one address makes no more than twice its requests.'
  }
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS

/** The limits of acts that take `currentPassword`. */
export const WITH_PASSWORD = [
  'changes',
  'changes-account',
  'changes-address',
  'guesses',
  'guesses-day',
  'guesses-account'
] as const satisfies LimitName[]
