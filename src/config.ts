import { existsSync } from 'node:fs'
import { Value } from '@sinclair/typebox/value'
import { type ConfigFault, findConflicts, findFaults } from './config-rules.ts'
import { type Config, Environment, type Settings } from './environment.ts'
import { readProxies } from './proxies.ts'

export type { Config, ConfigName } from './environment.ts'

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
 * @param more faults that no value shows, and whoever starts knows how to find
 * @throws ConfigError naming every fault
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  more: (config: Config) => Iterable<ConfigFault> = () => []
): Config {
  const known = Object.keys(Environment.properties)
  const given = Object.fromEntries(known.flatMap(name => (environment[name] ? [[name, environment[name]]] : [])))
  const faults = findFaults(given)
  // What is at fault counts as unset from here on, so that one start names every fault; a rule between two values is
  // held only when both are sound.
  const unsound = new Set(faults.map(({ name }) => name))
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !unsound.has(name)))
  const config = derive(Value.Decode(Environment, Value.Default(Environment, sound)))
  for (const conflict of [...findConflicts(config), ...more(config)]) {
    if (!unsound.has(conflict.name) && !unsound.has(conflict.against ?? '')) faults.push(conflict)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

/**
 * What main.ts fills in with embedded parts must be given to a plugin, and to the packaged command.
 *
 * @throws ConfigError naming each that is missing
 */
export function requireServices({ DATABASE_URL, SMTP_URL, JWT_PRIVATE_KEYS, SECRET }: Config) {
  if (DATABASE_URL && SMTP_URL && JWT_PRIVATE_KEYS && SECRET)
    return { DATABASE_URL, SMTP_URL, JWT_PRIVATE_KEYS, SECRET }
  const missing = Object.entries({ DATABASE_URL, SMTP_URL, JWT_PRIVATE_KEYS, SECRET }).filter(([, value]) => !value)
  throw new ConfigError(missing.map(([name]) => ({ name, wrong: 'missing', expected: 'a value; see the README' })))
}

/** The process's environment, with .env beneath it where there is one: the only reader of both. */
export function readEnvironment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env') // what is set already stays
  return { ...process.env }
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
    webClient: settings.WEB_CLIENT ? settings.WEB_CLIENT === 'on' : !production,
    proxies: proxy === undefined ? undefined : readProxies(proxy)
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
