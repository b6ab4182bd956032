import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import { type Config, ConfigError, readConfig } from '../../src/config.ts'
import { findDoubts } from '../../src/config-rules.ts'
import { exampleEnvironment } from '../../src/environment.ts'
import { isLoopback } from '../../src/proxies.ts'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'

type Environment = Record<string, string>

const SERVICES: Environment = {
  DATABASE_URL: 'mysql://guildhall:pass-in-url@db.internal/guildhall?ssl=required',
  SMTP_URL: 'smtp://user:pass-in-url@mail.internal:587',
  JWT_PRIVATE_KEYS: generateSigningKey(),
  SECRET: randomBytes(48).toString('base64')
}
const PRODUCTION: Environment = {
  ...SERVICES,
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  PUBLIC_URL: 'https://api.example.com',
  CLIENT_URL: 'https://app.example.com'
}

/** The names at fault, in order; each fault is one line: name, what is wrong, what is expected. */
function faultsIn(environment: Environment): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    assert(error instanceof ConfigError)
    const lines = error.message.split('\n')
    assert.equal(lines.length, error.faults.length)
    for (const line of lines) assert.match(line, /^[A-Z_]+: \S.*; expected \S.*$/)
    return error.faults.map(({ name }) => name)
  }
}

function messageOf(environment: Environment): string {
  try {
    readConfig(environment)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

const BAD: Record<string, string[]> = {
  NODE_ENV: ['pro duction', 'x;y', 'Production', 'prod', 'PRODUCTION', 'productive'],
  HOST: ['a b'],
  PORT: ['0', '-1', '65536', '3000x', '1e3', '0x50', '30.5'],
  DATABASE_URL: [
    'postgres://u:p@h/n',
    'mysql://',
    'mysql://h',
    'mysql://u:p@h/n?ssl=yes',
    'mysql://u:p@h/n?charset=utf8',
    'mysql://u:p@h:99999/n',
    'mysql://u:p@h/n?ssl=/no/such/file.pem'
  ],
  SMTP_URL: ['http://mail', 'mail.example.com', 'smtp://', 'smtps://h:99999'],
  MAIL_FROM: ['nobody', 'Name <nobody>', 'a@b\r\nBcc: c@d'],
  PUBLIC_URL: [
    'api.example.com',
    'ftp://h',
    'https://h/?q',
    'https://h/#f',
    'https://u:p@h',
    'https://bücher.example',
    'https://h/~me',
    'https://h/a>b',
    'http://[',
    'http://h:99999'
  ],
  CLIENT_URL: [
    'javascript:alert(1)',
    'https://h/?token=',
    'https://h/#/',
    'https://u:p@h',
    'http://[',
    'http://h:99999'
  ],
  CORS_ORIGINS: ['*', 'null', 'app.example.com', 'https://a/b', 'https://a,', 'https://a;https://b', 'http://a:99999'],
  COOKIE_SAMESITE: ['None', 'off', 'strict '],
  JWT_PRIVATE_KEYS: ['/no/such/key.pem', '-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----', rsaKey()],
  SECRET: ['short', 'a'.repeat(64), `${randomBytes(32).toString('hex')},short`, `${randomBytes(32).toString('hex')},`],
  ACCESS_TOKEN_TTL: ['60', '1m', '3651d', 'forever', '-5m'],
  SESSION_IDLE_TTL: ['0', '1w', '7 d'],
  SESSION_MAX_TTL: ['0', '9999d', '999999999d'],
  REFRESH_GRACE: ['8m', '10ms', '1.5s'],
  VERIFY_TTL: ['0', '1.5h'],
  RESET_TTL: ['0', '1 h'],
  REAUTH_WINDOW: ['-1', '5min', '9999d'],
  MAX_SESSIONS: ['0', '10001', 'many'],
  FIRST_ACCOUNT_IS_ADMIN: ['yes', 'TRUE', '1'],
  TRUST_PROXY: ['true', '10.0.0.0/33', '300.1.1.1', '*', '-1'],
  DOCS: ['true', 'yes'],
  METRICS: ['1'],
  WEB_CLIENT: ['true', '/'],
  REDIS_URL: ['http://h', 'redis.example.com:6379', 'redis://', 'redis://h:99999'],
  RATE_LIMIT: ['false', 'OFF', '0'],
  DATA_DIR: [' '],
  PASSWORD_MIN_LENGTH: ['7', '65'],
  LOG_LEVEL: ['verbose', 'INFO']
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

suite('a bad value', () => {
  for (const [name, values] of Object.entries(BAD)) {
    test(`of ${name} is refused, and it alone`, () => {
      for (const value of values) assert.deepEqual(faultsIn({ [name]: value }), [name], JSON.stringify(value))
    })
  }

  test('is tried here for every name there is', () => {
    const names = [...exampleEnvironment().matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)
    assert.deepEqual(
      names.filter(name => name !== undefined && !BAD[name]),
      []
    )
  })

  test('does not hide others: every fault comes at once, one line each', () => {
    const bad = { PORT: 'x', PUBLIC_URL: 'http://[', MAX_SESSIONS: '0', VERIFY_TTL: '0', NODE_ENV: 'production' }
    assert.deepEqual(faultsIn(bad).toSorted(), [
      'DATABASE_URL',
      'JWT_PRIVATE_KEYS',
      'MAX_SESSIONS',
      'PORT',
      'PUBLIC_URL',
      'SECRET',
      'SMTP_URL',
      'VERIFY_TTL'
    ])
  })

  test('is named once, and no rule is held against a value that could not be read', () => {
    assert.deepEqual(faultsIn({ ...PRODUCTION, DATABASE_URL: 'mysql://' }), ['DATABASE_URL'])
    assert.deepEqual(faultsIn({ ACCESS_TOKEN_TTL: 'x', REFRESH_GRACE: '1h' }), ['ACCESS_TOKEN_TTL'])
  })

  // ASVS V16.2.5
  test('never shows a secret in the message', () => {
    const secrets = ['hunter2-hunter2', 'MIGHAgEAMBMGByqGSM49']
    const message = messageOf({
      DATABASE_URL: 'mysql://guildhall:hunter2-hunter2@db:99999/guildhall',
      SMTP_URL: 'http://user:hunter2-hunter2@mail',
      JWT_PRIVATE_KEYS: '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49\\n-----END PRIVATE KEY-----',
      SECRET: 'hunter2-hunter2'
    })
    assert.equal(message.split('\n').length, 4)
    for (const secret of secrets) assert(!message.includes(secret), message)
    assert(!messageOf({ DATABASE_URL: 'mysql://u:hunter2-hunter2@db/n?ssl=maybe' }).includes('hunter2'))
  })
})

suite('values that depend on each other', () => {
  const conflicts: [string, Environment, string[]][] = [
    ['a grace over half a token', { ACCESS_TOKEN_TTL: '5m', REFRESH_GRACE: '151s' }, ['REFRESH_GRACE']],
    ['a grace of half a token', { ACCESS_TOKEN_TTL: '5m', REFRESH_GRACE: '150s' }, []],
    ['strict rotation', { REFRESH_GRACE: '0' }, []],
    ['a session shorter than a token', { SESSION_IDLE_TTL: '5s' }, []],
    ['a life shorter than the idle time', { SESSION_MAX_TTL: '1h' }, []],
    ['a cookie for other sites', { COOKIE_SAMESITE: 'none' }, []],
    ['another host as address', { HOST: '0.0.0.0' }, Object.keys(SERVICES)],
    ['every address of IPv6', { HOST: '::' }, Object.keys(SERVICES)],
    ['a public name', { PUBLIC_URL: 'https://api.example.com' }, Object.keys(SERVICES)],
    ['a name that only begins like loopback', { HOST: '127.0.0.1.example.com' }, Object.keys(SERVICES)],
    ['a public name with services', { ...SERVICES, PUBLIC_URL: 'https://api.example.com' }, []],
    ['production without services', { NODE_ENV: 'production' }, Object.keys(SERVICES)],
    ['production with one service', { ...PRODUCTION, SMTP_URL: '' }, ['SMTP_URL']],
    ['production on http', { ...PRODUCTION, PUBLIC_URL: 'http://api.example.com' }, ['PUBLIC_URL']],
    ['links to http in production', { ...PRODUCTION, CLIENT_URL: 'http://app.example.com' }, ['CLIENT_URL']],
    [
      'an http origin in production',
      { ...PRODUCTION, CORS_ORIGINS: 'https://a.example,http://b.example' },
      ['CORS_ORIGINS']
    ],
    ['a loopback origin in production', { ...PRODUCTION, CORS_ORIGINS: 'http://localhost:3001' }, []],
    [
      'a database in production without a word on TLS',
      { ...PRODUCTION, DATABASE_URL: 'mysql://u:p@db/n' },
      ['DATABASE_URL']
    ],
    ['one without TLS on purpose', { ...PRODUCTION, DATABASE_URL: 'mysql://u:p@db/n?ssl=off' }, []],
    ['one on this machine', { ...PRODUCTION, DATABASE_URL: 'mysql://u:p@127.0.0.1/n' }, []],
    ['one at a socket', { ...PRODUCTION, DATABASE_URL: 'mysql://u@h/n?socket=/run/s' }, []],
    ['one in development', { ...SERVICES, DATABASE_URL: 'mysql://u:p@db/n' }, []],
    ['no limits in production', { ...PRODUCTION, RATE_LIMIT: 'off' }, ['RATE_LIMIT']],
    ['no limits elsewhere', { RATE_LIMIT: 'off' }, []],
    ['production, whole', PRODUCTION, []]
  ]
  for (const [what, environment, expected] of conflicts) {
    // ASVS V12.2.1, V12.3.1
    test(`${what}: ${expected.length === 0 ? 'passes' : expected.join(', ')}`, () => {
      assert.deepEqual(faultsIn(environment), expected)
    })
  }
})

suite('a good configuration', () => {
  const pick = <const K extends keyof Config>(environment: Environment, ...names: K[]) => {
    const config = readConfig(environment)
    return names.map(name => config[name])
  }

  test('needs nothing in development', () => {
    const config = readConfig({})
    const { PUBLIC_URL, CLIENT_URL, origins, production, firstAccountIsAdmin, proxies } = config
    const { docs, metrics, webClient } = config
    assert.deepEqual(
      { PUBLIC_URL, CLIENT_URL, origins, production, firstAccountIsAdmin, docs, metrics, webClient, proxies },
      {
        PUBLIC_URL: 'http://localhost:3000',
        CLIENT_URL: 'http://localhost:3000',
        origins: ['http://localhost:3000'],
        production: false,
        firstAccountIsAdmin: true,
        docs: true,
        metrics: true,
        webClient: true,
        proxies: undefined
      }
    )
  })

  // ASVS V13.4.2, V13.4.5
  test('closes in production what development opens, unless told otherwise', () => {
    const names = ['docs', 'metrics', 'webClient', 'firstAccountIsAdmin'] as const
    assert.deepEqual(pick(PRODUCTION, ...names), [false, false, false, false])
    const open = { ...PRODUCTION, DOCS: 'on', METRICS: 'on', WEB_CLIENT: 'on', FIRST_ACCOUNT_IS_ADMIN: 'true' }
    assert.deepEqual(pick(open, ...names), [true, true, true, true])
  })

  test('reads durations as milliseconds, without a unit as seconds', () => {
    const names = ['ACCESS_TOKEN_TTL', 'SESSION_IDLE_TTL', 'REFRESH_GRACE', 'VERIFY_TTL'] as const
    assert.deepEqual(pick({}, ...names), [15 * MINUTE, 7 * DAY, 10 * SECOND, DAY])
    const given = { ACCESS_TOKEN_TTL: '90', SESSION_IDLE_TTL: '36h', REFRESH_GRACE: '45s', VERIFY_TTL: '2h' }
    assert.deepEqual(pick(given, ...names), [90 * SECOND, 36 * HOUR, 45 * SECOND, 2 * HOUR])
  })

  test('takes URLs without their last slash, and origins as browsers send them', () => {
    const given = { PUBLIC_URL: 'http://localhost:3000/api/', CLIENT_URL: 'https://App.Example.com:443/club/' }
    assert.deepEqual(pick(given, 'PUBLIC_URL', 'CLIENT_URL', 'origins'), [
      'http://localhost:3000/api',
      'https://App.Example.com:443/club',
      ['https://app.example.com']
    ])
    assert.deepEqual(pick({ CORS_ORIGINS: 'https://A.example:443, http://b.example:8080' }, 'origins'), [
      ['https://a.example', 'http://b.example:8080']
    ])
  })

  test('takes empty values as unset and ignores names that are not ours', () => {
    assert.equal(readConfig({ PORT: '', PATH: '/bin', GUILDHALL: 'x' }).PORT, 3000)
  })

  test('takes several signing keys, as text with \\n and as files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guildhall-config-'))
    try {
      const file = join(folder, 'key.pem')
      writeFileSync(file, generateSigningKey())
      const inline = generateSigningKey().replaceAll('\n', '\\n')
      assert.deepEqual(faultsIn({ JWT_PRIVATE_KEYS: `${inline},${file}` }), [])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('is doubted where it is hardly meant', () => {
    const doubts = (environment: Environment) =>
      [...findDoubts(readConfig(environment), environment)].map(text => text.split(' ')[0])
    assert.deepEqual(doubts({}), [])
    assert.deepEqual(doubts({ ...PRODUCTION, MAIL_FROM: 'club@example.com' }), [])
    assert.deepEqual(doubts({ ...SERVICES, NODE_ENV: 'production' }), ['PUBLIC_URL', 'CLIENT_URL', 'MAIL_FROM'])
    assert.deepEqual(doubts({ SESSION_IDLE_TTL: '15m' }), ['SESSION_IDLE_TTL'])
    assert.deepEqual(doubts({ RATE_LIMIT: 'off' }), ['RATE_LIMIT'])
    assert.deepEqual(doubts({ ...SERVICES, HOST: '0.0.0.0' }), ['NODE_ENV'])
    const shown = { ...PRODUCTION, MAIL_FROM: 'club@example.com', WEB_CLIENT: 'on' }
    assert.deepEqual(doubts(shown), ['CLIENT_URL'], 'links lead elsewhere')
    assert.deepEqual(doubts({ ...shown, CLIENT_URL: 'https://API.example.com:443/' }), [])
    assert.deepEqual(doubts({ ...shown, CLIENT_URL: 'https://api.example.com/club' }), ['CLIENT_URL'])
    const below = { ...shown, PUBLIC_URL: 'https://example.com/api', CLIENT_URL: 'https://example.com' }
    assert.deepEqual(doubts(below), ['PUBLIC_URL'])
    assert.deepEqual(doubts({ ...below, WEB_CLIENT: '' }), [], 'the client is another one')
    assert.deepEqual(doubts({ CLIENT_URL: 'http://localhost:5173' }), [], 'nor is it asked for in development')
    assert.deepEqual(doubts({ ...SERVICES, PUBLIC_URL: 'https://api.example.com' }), ['NODE_ENV'])
  })

  test('counts as loopback only what is', () => {
    for (const host of ['localhost', 'LOCALHOST', 'api.localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])
      assert(isLoopback(host), host)
    for (const host of ['0.0.0.0', '::', 'localhost.example.com', '127.0.0.1.example.com', '1270.0.0.1', '::1:2', ''])
      assert(!isLoopback(host), host)
  })
})

suite('.env.example', () => {
  const committed = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8')

  test('is what the schema says (npm run check -- --write)', () => {
    assert.equal(committed, exampleEnvironment())
  })

  test('changes nothing when it is copied as it is, and is valid with every default spelled out', () => {
    assert.doesNotMatch(committed, /^[^#\n]/m)
    const defaults = Object.fromEntries(
      [...committed.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value])
    )
    assert.deepEqual(readConfig(defaults), readConfig({}))
  })
})
