import { REFRESH_COOKIE } from '../../src/sessions/schemas.ts'

// What the document says of the API as a whole; the routes say the rest in their own schemas.

export const INFO = {
  title: 'Guildhall',
  license: { name: 'MIT', identifier: 'MIT' },
  description: [
    "A membership API for teams that own their members' data.",
    'Sign-up goes `register`, `verifyEmail` (by the token of a mailed link, or its code), `authenticate`. Signing in gives a short-lived ' +
      'access token, sent as `Authorization: Bearer …`, and a refresh token, in a cookie or in the body, that is ' +
      'exchanged for the next one by `refreshToken` until the session ends.',
    'Every error is problem details (RFC 9457): programs decide by `code`, `message` is for people. On 429 and 503 ' +
      'try again after `Retry-After`; neither says anything about the session.',
    'Lists come by the page: follow the `Link` header with `rel="next"` until there is none.',
    'Minor versions bring new operations, fields, error statuses, error codes and event names: clients bear those that ' +
      'they do not know.'
  ].join('\n\n')
}

export const TAGS = [
  { name: 'Registration', description: 'Sign-up and e-mail verification.' },
  { name: 'Sessions', description: 'Signing in, refreshing and signing out; the devices that are signed in.' },
  { name: 'Recovery', description: 'Password recovery by e-mail.' },
  { name: 'Accounts', description: "One's own account, or any as Admin." },
  { name: 'Audit', description: 'What happened: to one’s own account, or to any as Admin.' },
  { name: 'Mail', description: 'Mail that has not arrived, for Admins.' },
  { name: 'Keys', description: 'Public keys of access tokens.' },
  { name: 'Operation', description: 'Liveness and readiness.' }
]

export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `jwtToken` of `authenticate` or `refreshToken`.'
  },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: REFRESH_COOKIE,
    description: 'Set by `authenticate` and `refreshToken` where the session delivers its refresh token by cookie.'
  }
} as const
