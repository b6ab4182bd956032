import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { readSources, type Source } from './support/sources.ts'

// What the program may not hold, whoever writes it: held against the syntax, not against its looks.

const sources = readSources('{src,plugins,migrations}/**/*.ts')
// What serves requests: the embedded parts start programs, and are refused in production.
const serving = sources.filter(({ file }) => !file.startsWith('src/embedded/'))

const found = (list: Source[], holds: (source: Source) => boolean) => list.filter(holds).map(({ file }) => file)
const calls = (source: Source, ...names: string[]) => source.functions.some(([name]) => names.includes(name))
const imports = (source: Source, name: RegExp) => source.imports.some(({ to, typeOnly }) => !typeOnly && name.test(to))

suite('the program', () => {
  // ASVS V1.2.5
  test('starts no other program but the hash process', () => {
    const starters = serving.filter(source => imports(source, /^node:(child_process|worker_threads|vm|cluster)$/))
    assert.deepEqual(
      found(starters, () => true),
      ['src/passwords/bulkhead.ts']
    )
    assert(starters.every(source => calls(source, 'fork') && !calls(source, 'exec', 'execFile', 'spawn')))
  })

  // ASVS V1.3.2
  test('makes no code out of text', () => {
    const makes = (source: Source) => calls(source, 'eval', 'Function', 'new Function')
    assert.deepEqual(found(sources, makes), [])
  })

  // ASVS V1.2.9
  test('makes no pattern out of text that comes from outside', () => {
    const makes = ({ functions }: Source) =>
      functions.some(([name, text]) => /^(new )?RegExp$/.test(name) && text === undefined)
    assert.deepEqual(found(sources, makes), ['src/tokens/refresh-token.ts']) // out of constants
  })

  // ASVS V1.2.4
  test('puts no text into SQL but constants of migrations', () => {
    const raw = ({ members }: Source) => members.some(member => /^sql\.(raw|lit|id|literal)$/.test(member))
    assert.deepEqual(found(serving, raw), ['migrations/0003-security.ts', 'src/mysql/migrate.ts'])
    const plain = (source: Source) => source.members.some(member => /\.(query|execute)Raw/.test(member))
    assert.deepEqual(found(serving, plain), [])
  })

  // ASVS V1.3.6, V13.1.1, V13.2.4, V14.2.3, V15.3.2
  test('calls nobody but its database, its mail server and its counters', () => {
    assert.deepEqual(
      found(serving, source => calls(source, 'fetch', 'new WebSocket', 'new EventSource')),
      []
    )
    const talks =
      /^(node:(https?|http2|tls|net|dgram|dns)(\/.+)?|undici|axios|got|mysql2(\/.+)?|nodemailer|ioredis|redis)$/
    assert.deepEqual(
      found(serving, source => imports(source, talks)).filter(file => !TALKS.includes(file)),
      []
    )
  })

  // ASVS V11.2.1, V11.3.1, V11.3.2, V11.4.1, V11.4.3
  test('knows no cipher but AES-256-GCM, and no hash but SHA-256', () => {
    const named = (...methods: string[]) =>
      serving.flatMap(({ functions }) => functions.filter(([name]) => methods.includes(name)).map(([, text]) => text))
    assert.deepEqual(new Set(named('createCipheriv', 'createDecipheriv')), new Set(['aes-256-gcm']))
    assert.deepEqual(new Set(named('createHash', 'createHmac', 'hkdfSync')), new Set(['sha256']))
  })

  // ASVS V11.2.4
  test('compares bytes by a shortcut only where they are no secrets: ids, tags, addresses', () => {
    const shortcuts = ({ members }: Source) => members.some(member => /\.equals$|^Buffer\.compare$/.test(member))
    assert.deepEqual(
      found(serving, shortcuts).filter(file => /tokens|passwords|one-time/.test(file)),
      ['src/one-time/codes.ts', 'src/passwords/hasher.ts', 'src/tokens/keyring.ts'] // ids of accounts and keys
    )
    for (const file of ['src/tokens/refresh-token.ts', 'src/tokens/one-time-code.ts'])
      assert(calls(sources.find(source => source.file === file) ?? assert.fail(file), 'timingSafeEqual'), file)
  })

  // ASVS V15.4.1
  test('keeps nothing in modules that changes: what instances share is in the database', () => {
    assert.deepEqual(
      serving.flatMap(({ file, variables }) => variables.map(name => `${file}: ${name}`)),
      ['src/ids.ts: last'] // ids of one millisecond and process follow each other
    )
  })

  // ASVS V16.2.3
  test('writes its log to one place: what Fastify was given', () => {
    assert.deepEqual(
      found(serving, source => imports(source, /^(pino|winston|bunyan|node:syslog)$/)),
      []
    )
  })
})

// What a browser runs: the web client, and the pages that a development server has beside it.
suite('what runs in browsers', () => {
  const root = join(import.meta.dirname, '..')
  const names = globSync('{examples/react-spa/src/**/*.{ts,tsx},client/*.ts,plugins/pages/*.js}', { cwd: root })
  const texts = names.map(name => ({ name, text: readFileSync(join(root, name), 'utf8') }))
  const holding = (pattern: RegExp) => texts.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

  // ASVS V3.2.2
  test('makes no HTML out of text: React and textContent escape it', () => {
    assert(names.length > 100)
    assert.deepEqual(
      holding(/(inner|outer|adjacent)HTML|document\.write\b|createContextualFragment|DOMParser|srcdoc/i),
      []
    )
  })

  // ASVS V3.2.3
  test('finds nothing in window or document that an element could stand for by its name', () => {
    const known = ['activeElement', 'addEventListener', 'body', 'createElement', 'documentElement', 'getElementById']
    const read = new Set(
      readSources('{examples/react-spa/src/**/*.{ts,tsx},client/*.ts,plugins/pages/*.js}').flatMap(({ members }) =>
        members.filter(member => /^(window|document|globalThis|self)\./.test(member))
      )
    )
    const allowed = [...known, 'hidden', 'querySelector', 'title'].map(name => `document.${name}`)
    // A function of the browser goes before what has its name.
    assert.deepEqual(
      [...read].filter(member => !allowed.includes(member)),
      ['globalThis.fetch']
    )
  })

  // ASVS V6.2.7
  test('lets people paste, and password managers fill in', () => {
    assert.deepEqual(holding(/onPaste|'paste'/i), [])
    const password = texts.find(({ name }) => name.endsWith('/forms/password-field.tsx'))
    assert.match(password?.text ?? '', /autoComplete\?: 'current-password' \| 'new-password'\n/)
  })
})

const TALKS = ['plugins/mailer.ts', 'src/mysql/pool.ts', 'src/mysql/wait.ts', 'src/proxies.ts', 'src/places.ts'] // the last two only ask isIP
