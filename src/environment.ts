import { type Static, type StaticDecode, Type } from '@sinclair/typebox'
import { DAY, HOUR, MINUTE, SECOND } from './clock.ts'

const LONGEST = 3650 // days of any duration: a sum with the clock must stay a date that the database can hold
const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }
const origin = String.raw`https?://[^/?#@,\s]+`

interface Entry {
  /** For .env.example. */
  description: string
  /** What a bad value's message says. */
  expected: string
  /** The default, in the words of .env.example, where code decides it. */
  unset?: string
}

/** A duration: in the environment seconds or 15m, in the program ms. `least` is in seconds. */
const Duration = (unset: string, description: string, least = 0) =>
  Type.Transform(
    Type.String({
      pattern: '^\\d{1,9}[smhd]?$',
      default: unset,
      description,
      expected: `seconds, or a number with s, m, h or d, such as 15m; from ${least} s to ${LONGEST}d`,
      min: least * SECOND,
      max: LONGEST * DAY
    })
  )
    .Decode(text => Number.parseInt(text, 10) * (UNITS[text.at(-1) ?? 's'] ?? SECOND))
    .Encode(ms => `${ms / SECOND}`)

const Whole = (min: number, max: number, unset: string, description: string) =>
  Type.Transform(
    Type.String({
      pattern: '^\\d{1,9}$',
      default: unset,
      description,
      expected: `a whole number from ${min} to ${max}`,
      min,
      max
    })
  )
    .Decode(Number)
    .Encode(String)

const OneOf = <const T extends string>(
  values: readonly T[],
  description: string,
  options: { default?: T; unset?: string } = {}
) =>
  Type.Unsafe<T>(
    Type.String({
      enum: values,
      pattern: `^(${values.join('|')})$`,
      description,
      expected: values.join(', '),
      ...options
    })
  )

const Text = (pattern: string, { description, expected, unset }: Entry, value?: string) =>
  Type.String({ pattern, description, expected, unset, ...(value === undefined ? {} : { default: value }) })

/** What is given: every value a text with the grammar of its name. */
export type Settings = StaticDecode<typeof Environment>
export type ConfigName = keyof Static<typeof Environment>

/** The validated configuration: durations in ms, every default filled in. */
export type Config = Readonly<
  Settings & {
    PUBLIC_URL: string
    CLIENT_URL: string
    /** Exact origins, lower case. */
    origins: readonly string[]
    production: boolean
    firstAccountIsAdmin: boolean
    docs: boolean
    metrics: boolean
    webClient: boolean
    /** Addresses and networks, or a number of hops; undefined: nobody. */
    proxies: string[] | number | undefined
  }
>

/** Every name there is: grammar, default, and the words of .env.example. */
export const Environment = Type.Object({
  NODE_ENV: Text(
    // A misspelt production must not become development in silence.
    '^(production|(?![Pp][Rr][Oo][Dd])[\\w-]+)$',
    {
      description: '`production` refuses everything that is meant for development only.',
      expected: 'production, development or another word'
    },
    'development'
  ),
  HOST: Text('^\\S+$', { description: 'Address to listen on.', expected: 'an address or host name' }, '127.0.0.1'),
  PORT: Whole(1, 65535, '3000', 'Port to listen on.'),
  DATABASE_URL: Type.Optional(
    Text('^mysql://', {
      description:
        'mysql://user:password@host:port/name, with ?ssl=required (TLS), ?ssl=verify (and a trusted certificate) or ?ssl=/path/ca.pem, one of which production asks for when the server is on another machine (?ssl=off on a network of your own); ?socket=/path for a server on this machine.',
      expected: 'mysql://user:password@host:port/name',
      unset: 'an embedded server under DATA_DIR, development only'
    })
  ),
  SMTP_URL: Type.Optional(
    Text('^smtps?://', {
      description:
        'Where mail goes: smtp://user:password@host:587 (STARTTLS demanded unless the host is loopback) or smtps://…:465.',
      expected: 'smtp://… or smtps://…',
      unset: 'an embedded mailbox with a page at /dev/mailbox, development only'
    })
  ),
  MAIL_FROM: Text(
    '^[^\\r\\n]*[^\\s@<]+@[^\\s@>]+>?$',
    { description: 'The sender of all mail.', expected: 'an address, or Name <address>' },
    'Guildhall <guildhall@localhost>'
  ),
  PUBLIC_URL: Type.Optional(
    // Existing clients decode tokens with plain atob, and the issuer is in them: ASCII, without > ? ~.
    Text('^https?://[\\w.:[\\]-]+(/[!$-;=@-}]*)?$', {
      description: "The API's own base URL: issuer of tokens, server in OpenAPI.",
      expected: 'an http(s) URL in ASCII without query, fragment, > or ~',
      unset: 'http://localhost:PORT'
    })
  ),
  CLIENT_URL: Type.Optional(
    Text(`^${origin}(/[^?#\\s]*)?$`, {
      description: "The web client's base URL: the only source of links in mail.",
      expected: 'an http(s) URL',
      unset: 'http://localhost:PORT'
    })
  ),
  CORS_ORIGINS: Type.Optional(
    Text(`^${origin}( *, *${origin})*$`, {
      description:
        'Comma-separated exact origins allowed with credentials: pages of no other origin read answers, or change anything.',
      expected: 'origins such as https://app.example.com, comma-separated',
      unset: 'the origin of CLIENT_URL'
    })
  ),
  COOKIE_SAMESITE: OneOf(['strict', 'lax', 'none'], 'SameSite of the refresh cookie (always Secure and HttpOnly).', {
    default: 'strict'
  }),
  JWT_PRIVATE_KEYS: Type.Optional(
    Text('.', {
      description:
        'PEM private keys (EC P-256; \\n for line breaks) or paths of files with one or several, comma-separated; the first signs, all verify, all are published. Files are read again every 30 s: `npm run cli -- keys rotate` changes the first one.',
      expected: 'EC P-256 private keys in PEM, or paths of such files',
      unset: 'generated and kept under DATA_DIR, development only'
    })
  ),
  SECRET: Type.Optional(
    Text('.', {
      description:
        'Comma-separated secrets of at least 32 random bytes (openssl rand -base64 48): the first derives new keys, all are accepted. Keep it as you keep the database: without it no password is valid.',
      expected: 'secrets of at least 32 random bytes in base64 or hex',
      unset: 'generated and kept under DATA_DIR, development only'
    })
  ),
  ACCESS_TOKEN_TTL: Duration(
    '15m',
    'Life of an access token, at least twice REFRESH_GRACE. Clients refresh a minute before its end.',
    61
  ),
  SESSION_IDLE_TTL: Duration('7d', 'A session ends when it has not been refreshed for this long.', 1),
  SESSION_MAX_TTL: Duration('90d', 'A session ends this long after sign-in, however active it is.', 1),
  REFRESH_GRACE: Duration(
    '10s',
    'How late an answer may arrive before a repeated refresh counts as suspicious; 0 is strict rotation.'
  ),
  VERIFY_TTL: Duration('24h', 'Life of links and codes that verify an address.', 1),
  RESET_TTL: Duration('1h', 'Life of links and codes that reset a password.', 1),
  REAUTH_WINDOW: Duration(
    '5m',
    'How long after entering a password a session may change password, e-mail or role, suspend or delete an account without entering it again; 0 always asks: then a DELETE without a body deletes no account.'
  ),
  MAX_SESSIONS: Whole(1, 10000, '100', 'Live sessions per account; at the limit the least recently used one is ended.'),
  FIRST_ACCOUNT_IS_ADMIN: Type.Optional(
    OneOf(['true', 'false'], 'The first account to verify becomes Admin, once per installation.', {
      unset: 'true, false in production'
    })
  ),
  TRUST_PROXY: Type.Optional(
    Text('^[\\w.:/, ]+$', {
      description: 'Trusted proxies: addresses or networks, comma-separated, or a number of hops.',
      expected: 'addresses, networks or a number of hops',
      unset: 'none'
    })
  ),
  DOCS: Type.Optional(
    OneOf(['on', 'off'], 'The interactive API documentation at /docs.', { unset: 'on, off in production' })
  ),
  METRICS: Type.Optional(OneOf(['on', 'off'], 'Prometheus metrics at /metrics.', { unset: 'on, off in production' })),
  WEB_CLIENT: Type.Optional(
    OneOf(
      ['on', 'off'],
      'The web client at /. In production it is what `npm run build` has made, without which the server does not start.',
      { unset: 'on, off in production' }
    )
  ),
  REDIS_URL: Type.Optional(
    Text('^rediss?://', {
      description:
        'Counters of rate limits that several instances share: redis://user:password@host:port/number, rediss:// over TLS. While Redis is away each process counts for itself.',
      expected: 'redis://… or rediss://…',
      unset: 'counters in the database in production, else in memory'
    })
  ),
  RATE_LIMIT: OneOf(['on', 'off'], 'Rate limits; `off` is for benchmarks only, and refused in production.', {
    default: 'on'
  }),
  DATA_DIR: Text('^\\S.*$', { description: 'Where the embedded parts keep their data.', expected: 'a path' }, '.data'),
  PASSWORD_MIN_LENGTH: Whole(
    8,
    64,
    '8',
    'Shortest password that is accepted, in characters. NIST SP 800-63B-4 asks for 15 where it is the only factor.'
  ),
  LOG_LEVEL: OneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'Level of the log.', {
    default: 'info'
  })
})

/** The text of .env.example, out of the schema itself. */
export function exampleEnvironment(): string {
  const entries = Object.entries(Environment.properties).map(([name, schema]) => {
    const unset = schema.default ?? schema.unset
    return `# ${schema.description}\n# Expected: ${schema.expected}. Unset: ${unset}.\n#${name}=${schema.default ?? ''}\n`
  })
  return `# Copy to .env and change what you need. Generated from src/environment.ts: npm run check -- --write\n\n${entries.join('\n')}`
}
