import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { type Config, type ConfigName, Environment } from './environment.ts'
import { connectionOptions, isUnprotected } from './mysql/url.ts'
import { isLoopback, readProxies, trust } from './proxies.ts'
import { readSecrets } from './tokens/keyring.ts'
import { readSigningKeys } from './tokens/signing-keys.ts'

export interface ConfigFault {
  name: string
  wrong: string
  expected: string
  /** The other value in a rule between two. */
  against?: ConfigName
}

/** What each value shows by itself. @param given names that are set, as texts */
export function findFaults(given: Record<string, string>): ConfigFault[] {
  return Object.entries(given).flatMap(([name, text]) => {
    const schema: TSchema = Reflect.get(Environment.properties, name)
    if (!Value.Check(schema, text)) return [fault(name, 'not valid', schema)]
    const value: unknown = Value.Decode(schema, text)
    if (typeof value === 'number' && (value < schema.min || value > schema.max))
      return [fault(name, 'out of range', schema)]
    try {
      READERS[name]?.(text)
      return []
    } catch (error) {
      return [fault(name, error instanceof Error ? error.message : 'not valid', schema)]
    }
  })
}

/** Values with a grammar of their own are read once here, where a fault is a line and not a failed start. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  DATABASE_URL: database,
  SMTP_URL: url,
  REDIS_URL: url,
  PUBLIC_URL: url,
  CLIENT_URL: url,
  CORS_ORIGINS: text => text.split(',').map(url),
  JWT_PRIVATE_KEYS: readSigningKeys,
  SECRET: readSecrets,
  TRUST_PROXY: text => trust(readProxies(text))
}

function database(text: string): void {
  if (!connectionOptions(text).database) throw new TypeError('names no database')
}

function url(text: string): void {
  if (!URL.canParse(text) || !new URL(text).hostname) throw new TypeError('not a URL')
}

/** What no single value shows. */
export function* findConflicts(config: Config): Generator<ConfigFault> {
  if (config.ACCESS_TOKEN_TTL < 2 * config.REFRESH_GRACE)
    yield {
      name: 'REFRESH_GRACE',
      wrong: 'too long',
      expected: 'at most half of ACCESS_TOKEN_TTL',
      against: 'ACCESS_TOKEN_TTL'
    }
  // Embedded parts and generated secrets are for development on this machine.
  const exposed = exposedHost(config)
  if (config.production || exposed !== undefined) {
    const why = config.production ? 'missing in production' : `missing while ${exposed} can be reached from outside`
    for (const name of ['DATABASE_URL', 'SMTP_URL', 'JWT_PRIVATE_KEYS', 'SECRET'] as const) {
      if (!config[name]) yield fault(name, why, Environment.properties[name])
    }
  }
  if (config.production && config.RATE_LIMIT === 'off')
    yield { name: 'RATE_LIMIT', wrong: 'off in production', expected: 'on' }
  if (config.production) yield* findPlainHttp(config)
  if (config.production && config.DATABASE_URL && isUnprotected(config.DATABASE_URL))
    yield {
      name: 'DATABASE_URL',
      wrong: 'does not say how the connection is protected',
      expected: '?ssl=verify, ?ssl=/path/ca.pem or ?ssl=required; ?ssl=off only on a network that nobody else is on'
    }
}

/** Where others than this machine reach the server, if they do. */
function exposedHost({ HOST, PUBLIC_URL }: Config): string | undefined {
  return [HOST, new URL(PUBLIC_URL).hostname].find(host => !isLoopback(host))
}

/** Whoever sits on the line of an http origin could read links and tokens, and call with the member's cookie. */
function* findPlainHttp(config: Config): Generator<ConfigFault> {
  const isPlain = (text: string) => text.startsWith('http:') && !isLoopback(new URL(text).hostname)
  for (const name of ['PUBLIC_URL', 'CLIENT_URL'] as const) {
    if (isPlain(config[name])) yield { name, wrong: 'not https in production', expected: 'an https URL' }
  }
  if (config.CORS_ORIGINS && config.origins.some(isPlain))
    yield { name: 'CORS_ORIGINS', wrong: 'not https in production', expected: 'https origins' }
}

/** What is allowed, and hardly meant: said at the start. */
export function* findDoubts(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>
): Generator<string> {
  if (config.production) {
    for (const name of ['PUBLIC_URL', 'CLIENT_URL', 'MAIL_FROM'] as const) {
      if (!environment[name]) yield `${name} is not set: ${config[name]} is used, also in production`
    }
  }
  const exposed = exposedHost(config)
  if (!config.production && exposed !== undefined)
    yield `NODE_ENV is not production, and ${exposed} can be reached from outside: ${
      config.firstAccountIsAdmin ? 'whoever verifies first becomes Admin, and ' : ''
    }what is for development is served`
  if (config.RATE_LIMIT === 'off') yield 'RATE_LIMIT is off: passwords can be guessed as fast as they are hashed'
  if (config.SESSION_IDLE_TTL <= config.ACCESS_TOKEN_TTL)
    yield 'SESSION_IDLE_TTL is not longer than ACCESS_TOKEN_TTL: sessions end before their clients refresh them'
  if (config.WEB_CLIENT === 'on') yield* findElsewhere(config)
}

/** The client that the server shows stands at the root of its origin, loads its files and calls the API there. */
function* findElsewhere({ PUBLIC_URL, CLIENT_URL }: Config): Generator<string> {
  const { origin, href } = new URL('/', PUBLIC_URL)
  if (new URL(PUBLIC_URL).href !== href)
    yield `PUBLIC_URL has a path, and WEB_CLIENT is on: the client loads its files from ${href}, and calls the API there`
  if (new URL(CLIENT_URL).href !== href)
    yield `CLIENT_URL is not ${origin}, where WEB_CLIENT=on shows the client: links in mail lead to ${CLIENT_URL}`
}

function fault(name: string, wrong: string, schema: TSchema): ConfigFault {
  return { name, wrong, expected: String(schema.expected) }
}
