import { existsSync } from 'node:fs'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { DAY, HOUR, MINUTE, SECOND } from './clock.ts'
import { connectionOptions } from './mysql/url.ts'
import { trust } from './proxies.ts'
import { readSecrets } from './tokens/keyring.ts'
import { readSigningKeys } from './tokens/signing-keys.ts'

const LONGEST = 3650 * DAY // of any duration: a sum with the clock must stay a date that the database can hold
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

/** A duration: in the environment seconds or 15m, in the program ms. */
const Duration = (unset: string, description: string) =>
  Type.Transform(
    Type.String({
      pattern: '^\\d{1,9}[smhd]?$',
      default: unset,
      description,
      expected: 'seconds, or a number with s, m, h or d, such as 15m; at most 3650d',
      min: 0,
      max: LONGEST
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

const Environment = Type.Object({
  NODE_ENV: Text(
    '^\\w+$',
    { description: '`production` refuses everything that is for development only.', expected: 'a word' },
    'development'
  ),
  HOST: Text('^\\S+$', { description: 'Address to listen on.', expected: 'an address or host name' }, '127.0.0.1'),
  PORT: Whole(0, 65535, '3000', 'Port to listen on.'),
  DATABASE_URL: Type.Optional(
    Text('^mysql://', {
      description:
        'mysql://user:password@host:port/name, with ?ssl=required (TLS), ?ssl=verify (and a trusted certificate) or ?ssl=/path/ca.pem.',
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
    Text(`^${origin}(,${origin})*$`, {
      description: 'Comma-separated exact origins allowed with credentials.',
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
        'PEM private keys (EC P-256; \\n for line breaks) or paths, comma-separated; the first signs, all verify, all are published.',
      expected: 'EC P-256 private keys in PEM, or paths of such files',
      unset: 'generated and kept under DATA_DIR, development only'
    })
  ),
  SECRET: Type.Optional(
    Text('.', {
      description:
        'Comma-separated secrets of at least 32 random bytes (openssl rand -base64 48): the first derives new keys, all are accepted.',
      expected: 'secrets of at least 32 random bytes in base64 or hex',
      unset: 'generated and kept under DATA_DIR, development only'
    })
  ),
  ACCESS_TOKEN_TTL: Duration('15m', 'Life of an access token; more than 60 s, at least twice REFRESH_GRACE.'),
  SESSION_IDLE_TTL: Duration('7d', 'A session ends when it was not refreshed for so long.'),
  SESSION_MAX_TTL: Duration('90d', 'A session ends so long after the login, whatever happens.'),
  REFRESH_GRACE: Duration(
    '10s',
    'How long answers may be late before a repeated refresh counts as suspicious; 0 is strict rotation.'
  ),
  VERIFY_TTL: Duration('24h', 'Life of links that verify an address.'),
  RESET_TTL: Duration('1h', 'Life of links that reset a password.'),
  REAUTH_WINDOW: Duration(
    '5m',
    'How long after entering a password a session may change password or e-mail without entering it again; 0 always asks.'
  ),
  MAX_SESSIONS: Whole(1, 10000, '100', 'Live sessions per account; the longest unused gives way.'),
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
  DATA_DIR: Text('^\\S.*$', { description: 'Where the embedded parts keep their data.', expected: 'a path' }, '.data'),
  PASSWORD_MIN_LENGTH: Whole(8, 64, '8', 'NIST SP 800-63B-4 asks 15 where the password is the only factor.'),
  LOG_LEVEL: OneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'Level of the log.', {
    default: 'info'
  })
})

type Settings = ReturnType<typeof Value.Decode<typeof Environment>>
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
    /** Addresses and networks, or a number of hops; undefined: nobody. */
    proxies: string[] | number | undefined
  }
>

export interface ConfigFault {
  name: string
  wrong: string
  expected: string
}

/** Refused configuration: every fault at once, one line each. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[]

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ name, wrong, expected }) => `${name}: ${wrong}; expected ${expected}`).join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads the configuration from `environment`; empty values count as unset, names that are not ours are ignored.
 *
 * @throws ConfigError naming every fault
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.keys(Environment.properties)
  const given = Object.fromEntries(known.flatMap(name => (environment[name] ? [[name, environment[name]]] : [])))
  const faults = findFaults(given)
  // What is at fault counts as unset from here on, so that one start names every fault; a rule between two values is
  // held only when both are sound.
  const unsound = new Set(faults.map(({ name }) => name))
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !unsound.has(name)))
  const config = derive(Value.Decode(Environment, Value.Default(Environment, sound)))
  for (const conflict of findConflicts(config)) {
    if (!unsound.has(conflict.name) && !unsound.has(conflict.against ?? '')) faults.push(conflict)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

/** The process's environment, with .env beneath it where there is one: the only reader of both. */
export function readEnvironment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env') // what is set already stays
  return { ...process.env }
}

/** What a host must not be for development parts to be let in. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

function derive(settings: Settings): Config {
  const own = `http://localhost:${settings.PORT}`
  const CLIENT_URL = withoutSlash(settings.CLIENT_URL ?? own)
  const production = settings.NODE_ENV === 'production'
  const proxy = settings.TRUST_PROXY
  return {
    ...settings,
    PUBLIC_URL: withoutSlash(settings.PUBLIC_URL ?? own),
    CLIENT_URL,
    origins: (settings.CORS_ORIGINS ?? new URL(CLIENT_URL).origin).split(',').map(text => new URL(text).origin),
    production,
    firstAccountIsAdmin: settings.FIRST_ACCOUNT_IS_ADMIN ? settings.FIRST_ACCOUNT_IS_ADMIN === 'true' : !production,
    docs: settings.DOCS ? settings.DOCS === 'on' : !production,
    metrics: settings.METRICS ? settings.METRICS === 'on' : !production,
    proxies: proxy === undefined ? undefined : proxiesOf(proxy)
  }
}

/** What each value shows by itself. */
function findFaults(given: Record<string, unknown>): ConfigFault[] {
  return Object.entries(given).flatMap(([name, text]) => {
    const schema: TSchema = Reflect.get(Environment.properties, name)
    if (!Value.Check(schema, text)) return [fault(name, 'not valid', schema)]
    const value: unknown = Value.Decode(schema, text)
    if (typeof value === 'number' && (value < schema.min || value > schema.max))
      return [fault(name, 'out of range', schema)]
    try {
      READERS[name]?.(String(value))
      return []
    } catch (error) {
      return [fault(name, error instanceof Error ? error.message : 'not valid', schema)]
    }
  })
}

/** Values with a grammar of their own are read once here, where a fault is a line and not a failed start. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  DATABASE_URL: databaseOf,
  SMTP_URL: url,
  PUBLIC_URL: url,
  CLIENT_URL: url,
  CORS_ORIGINS: text => text.split(',').map(url),
  JWT_PRIVATE_KEYS: readSigningKeys,
  SECRET: readSecrets,
  TRUST_PROXY: text => trust(proxiesOf(text))
}

function databaseOf(text: string): void {
  if (!connectionOptions(text).database) throw new TypeError('names no database')
}

function url(text: string): void {
  if (!URL.canParse(text) || !new URL(text).hostname) throw new TypeError('not a URL')
}

function proxiesOf(text: string): string[] | number {
  return /^\d+$/.test(text) ? Number(text) : text.split(',').map(part => part.trim())
}

interface Conflict extends ConfigFault {
  /** The other value in a rule between two. */
  against?: ConfigName
}

/** What no single value shows. */
function* findConflicts(config: Config): Generator<Conflict> {
  if (config.ACCESS_TOKEN_TTL <= MINUTE || config.ACCESS_TOKEN_TTL > DAY)
    yield { name: 'ACCESS_TOKEN_TTL', wrong: 'out of range', expected: 'more than 60s and at most 1d' }
  if (config.ACCESS_TOKEN_TTL < 2 * config.REFRESH_GRACE)
    yield {
      name: 'REFRESH_GRACE',
      wrong: 'too long',
      expected: 'at most half of ACCESS_TOKEN_TTL',
      against: 'ACCESS_TOKEN_TTL'
    }
  if (config.SESSION_IDLE_TTL <= config.ACCESS_TOKEN_TTL)
    yield {
      name: 'SESSION_IDLE_TTL',
      wrong: 'too short',
      expected: 'more than ACCESS_TOKEN_TTL',
      against: 'ACCESS_TOKEN_TTL'
    }
  if (config.SESSION_MAX_TTL < config.SESSION_IDLE_TTL)
    yield {
      name: 'SESSION_MAX_TTL',
      wrong: 'too short',
      expected: 'at least SESSION_IDLE_TTL',
      against: 'SESSION_IDLE_TTL'
    }
  for (const name of ['VERIFY_TTL', 'RESET_TTL'] as const) {
    if (config[name] < MINUTE) yield { name, wrong: 'too short', expected: 'at least 1m' }
  }
  yield* findUnsafe(config)
}

/** Embedded parts and generated secrets are for development on this machine. */
function* findUnsafe(config: Config): Generator<ConfigFault> {
  const exposed = [config.HOST, new URL(config.PUBLIC_URL).hostname].filter(host => !isLoopback(host))
  if (config.production || exposed.length > 0) {
    const why = config.production ? 'missing in production' : `missing while ${exposed[0]} can be reached from outside`
    for (const name of ['DATABASE_URL', 'SMTP_URL', 'JWT_PRIVATE_KEYS', 'SECRET'] as const) {
      if (!config[name]) yield fault(name, why, Environment.properties[name])
    }
  }
  if (!config.production) return
  for (const name of ['PUBLIC_URL', 'CLIENT_URL'] as const) {
    const { protocol, hostname } = new URL(config[name])
    if (protocol !== 'https:' && !isLoopback(hostname))
      yield { name, wrong: 'not https in production', expected: 'an https URL' }
  }
  // Whoever sits on the line of an http origin could call with the member's cookie.
  if (
    config.CORS_ORIGINS &&
    config.origins.some(text => text.startsWith('http:') && !isLoopback(new URL(text).hostname))
  )
    yield { name: 'CORS_ORIGINS', wrong: 'not https in production', expected: 'https origins' }
}

function fault(name: string, wrong: string, schema: TSchema): ConfigFault {
  return { name, wrong, expected: String(schema.expected) }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

/** The text of .env.example, out of the schema itself. */
export function exampleEnvironment(): string {
  const entries = Object.entries(Environment.properties).map(([name, schema]) => {
    const unset = schema.default ?? schema.unset
    return `# ${schema.description}\n# Expected: ${schema.expected}. Unset: ${unset}.\n#${name}=${schema.default ?? ''}\n`
  })
  return `# Copy to .env and change what you need. Generated from src/config.ts: npm run check -- --write\n\n${entries.join('\n')}`
}
