import { existsSync } from 'node:fs'
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { DAY, MINUTE } from './clock.ts'
import { Environment } from './environment.ts'
import { connectionOptions } from './mysql/url.ts'
import { trust } from './proxies.ts'
import { readSecrets } from './tokens/keyring.ts'
import { readSigningKeys } from './tokens/signing-keys.ts'

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
  return `# Copy to .env and change what you need. Generated from src/environment.ts: npm run check -- --write\n\n${entries.join('\n')}`
}
