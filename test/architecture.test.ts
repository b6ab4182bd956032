import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { suite, test } from 'node:test'
import { type Import, readSources, type Source } from './support/sources.ts'

// The table of ARCHITECTURE.md, "Who may import whom", held against the imports.

const sources = readSources('{src,plugins,migrations}/**/*.ts')
const files = new Map(sources.map(source => [source.file, source]))

const isPlugin = (file: string) => file.startsWith('plugins/')
const isEmbedded = (file: string) => file.startsWith('src/embedded/')
const isQueries = (file: string) => /^([a-z]+-)?queries\.ts$/.test(basename(file))
const isRoutes = (file: string) => /^([a-z]+-)?routes\.ts$/.test(basename(file))
const isTable = (file: string) => basename(file) === 'table.ts'
const isFastify = (name: string) => /^(fastify(-|$)|@fastify\/(?!proxy-addr))/.test(name)
const room = (file: string) => /^src\/([^/]+)\//.exec(file)?.[1]

// Folders of src/ that are not rooms: the engine's particulars, and the parts for development.
const NOT_ROOMS = ['mysql', 'embedded']
const isRoom = (file: string) => room(file) !== undefined && !NOT_ROOMS.includes(room(file) ?? '')
const isVerb = (file: string) => isRoom(file) && !/(routes|queries|table|schemas|mails)\.ts$/.test(file)

/** The imports that break a rule, as `from → to`. */
function broken(from: (file: string) => boolean, breaks: (to: string, by: Source, how: Import) => boolean): string[] {
  return sources
    .filter(({ file }) => from(file))
    .flatMap(source =>
      source.imports.filter(how => breaks(how.to, source, how)).map(({ to }) => `${source.file} → ${to}`)
    )
}

suite('imports', () => {
  test('are read: the rules below have something to hold', () => {
    assert(sources.length > 90)
    assert(files.get('src/app.ts')?.imports.some(({ to }) => to === 'src/sessions/routes.ts'))
    for (const kind of [isPlugin, isQueries, isRoutes, isTable, isVerb]) assert(sources.some(({ file }) => kind(file)))
  })

  test('lead to files that exist', () => {
    assert.deepEqual(
      broken(
        () => true,
        to => /^(src|plugins)\//.test(to) && !files.has(to)
      ),
      []
    )
  })

  test('never lead to main.ts or cli.ts', () => {
    assert.deepEqual(
      broken(
        file => file !== 'src/bin.ts', // the package's door to cli.ts
        to => to === 'src/main.ts' || to === 'src/cli.ts'
      ),
      []
    )
  })

  test('of plugins lead to verbs, never to queries, routes or embedded parts', () => {
    const forbidden = (to: string) => isQueries(to) || isRoutes(to) || /^src\/(app|index|server)\.ts$/.test(to)
    assert.deepEqual(broken(isPlugin, forbidden), [])
    assert.deepEqual(
      broken(isPlugin, (to, _, { typeOnly }) => isEmbedded(to) && !typeOnly),
      []
    )
  })

  test('of routes never lead to another room’s routes or queries', () => {
    assert.deepEqual(
      broken(isRoutes, (to, { file }) => isRoutes(to) || (isQueries(to) && room(to) !== room(file))),
      []
    )
    assert.deepEqual(broken(isRoutes, isPlugin), [])
  })

  test('of verbs never lead to Fastify, plugins or routes', () => {
    assert.deepEqual(
      broken(isVerb, to => isFastify(to) || isPlugin(to) || isRoutes(to)),
      []
    )
  })

  test('of queries lead to row types, the schema and Kysely, and to nothing that decides, hashes or writes mail', () => {
    const allowed = (to: string) =>
      isTable(to) || /^(kysely|src\/(database|ids|clock)\.ts|src\/mysql\/\w+\.ts)$/.test(to)
    assert.deepEqual(
      broken(isQueries, to => !allowed(to)),
      []
    )
  })

  test('of row types lead to types', () => {
    assert.deepEqual(
      broken(isTable, (_, __, { typeOnly }) => !typeOnly),
      []
    )
  })

  test('of passwords and tokens lead to crypto, and never to Fastify or a database', () => {
    const crypto = (file: string) => ['passwords', 'tokens'].includes(room(file) ?? '')
    const allowed = (to: string) =>
      /^(node:|@node-rs\/argon2|@zxcvbn-ts\/|src\/(errors|ids)\.ts)/.test(to) || crypto(to)
    assert.deepEqual(
      broken(crypto, to => !allowed(to)),
      []
    )
  })

  test('of everything but main, cli and scripts never lead to embedded parts', () => {
    const outside = (file: string) => !isEmbedded(file) && file !== 'src/main.ts' && file !== 'src/cli.ts'
    assert.deepEqual(
      broken(outside, (to, _, { typeOnly }) => isEmbedded(to) && !typeOnly),
      []
    )
  })

  test('point one way: main, cli → server → index → app → plugins, routes → verbs → queries', () => {
    const rank = (file: string): number | undefined => {
      const fixed = ['src/main.ts', 'src/server.ts', 'src/index.ts', 'src/app.ts'].indexOf(file)
      if (file === 'src/cli.ts') return 0 // and bin.ts is only its door
      if (fixed >= 0) return fixed
      if (isPlugin(file) || isRoutes(file)) return 4
      if (isVerb(file)) return 5
      return isQueries(file) ? 6 : isTable(file) ? 7 : undefined
    }
    assert.deepEqual(
      broken(
        file => rank(file) !== undefined,
        (to, { file }) => (rank(to) ?? 99) < (rank(file) ?? 0)
      ),
      []
    )
  })

  test('of migrations lead to Kysely alone: they are frozen, what they import is not', () => {
    assert.deepEqual(
      broken(
        file => file.startsWith('migrations/'),
        to => to !== 'kysely'
      ),
      []
    )
  })

  // Types are erased before anything runs: a cycle of them cannot make a module see another one half initialised,
  // and a table's row type may well name a type of its verb.
  test('have no cycle at run time', () => {
    assert.deepEqual(findCycle(), undefined)
  })
})

/** The first cycle of imports that exist at run time, as a path. */
function findCycle(): string[] | undefined {
  const done = new Set<string>()
  const walk = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const { to, typeOnly } of files.get(file)?.imports ?? []) {
      const found = typeOnly ? undefined : walk(to, [...path, file])
      if (found) return found
    }
    done.add(file)
    return undefined
  }
  for (const { file } of sources) {
    const found = walk(file, [])
    if (found) return found
  }
  return undefined
}

/** Files that hold something, but for those that may. */
function filesWith(holds: (source: Source) => boolean, ...mayHold: (string | RegExp)[]): string[] {
  const may = (file: string) => mayHold.some(one => (typeof one === 'string' ? one === file : one.test(file)))
  return sources.filter(source => holds(source) && !may(source.file)).map(({ file }) => file)
}

suite('contents', () => {
  const STATEMENTS = ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'replaceInto', 'mergeInto']
  const hasSql = ({ members, tags }: Source) =>
    tags.includes('sql') || members.some(member => STATEMENTS.includes(member.split('.')[1] ?? ''))

  test('the environment is read by config.ts; what starts programs hands it on', () => {
    assert.deepEqual(
      filesWith(
        ({ members }) => members.includes('process.env'),
        'src/config.ts',
        /^src\/embedded\/(apt|find|processes)\.ts$/
      ),
      []
    )
  })

  test('SQL stands in queries.ts, mysql/ and migrations', () => {
    assert.deepEqual(
      filesWith(
        hasSql,
        /\/([a-z]+-)?queries\.ts$/,
        /^src\/mysql\//,
        /^migrations\//,
        'plugins/database.ts' // select 1
      ),
      []
    )
    assert.deepEqual(files.get('plugins/database.ts')?.tags, ['sql'])
  })

  test('queries know the tables of their own room', () => {
    // The named exception: the guard reads a session and its account as one row.
    const own: Record<string, string[]> = {
      accounts: ['accounts'],
      audit: ['audit_events'],
      claims: ['claims'],
      limits: ['limit_counters'],
      'one-time': ['one_time_tokens', 'code_tries'],
      outbox: ['outbox'],
      sessions: ['sessions', 'accounts']
    }
    const foreign = sources
      .filter(({ file }) => isRoom(file))
      .flatMap(({ file, calls }) =>
        calls
          .filter(([method]) => STATEMENTS.includes(method) || /Join$/.test(method))
          .map(([, table]) => table.split(' ')[0] ?? '')
          .filter(table => !own[room(file) ?? '']?.includes(table))
          .map(table => `${file} → ${table}`)
      )
    assert.deepEqual(foreign, [])
  })

  // ASVS V6.5.3, V11.5.1
  test('nothing secret comes from Math.random', () => {
    assert.deepEqual(
      filesWith(
        ({ members }) => members.includes('Math.random'),
        'src/mysql/transact.ts', // the pause before a retry
        'src/outbox/attempt.ts' // the pause before another attempt
      ),
      []
    )
  })

  test('only programs write to the console', () => {
    assert.deepEqual(
      filesWith(
        ({ members }) => members.some(member => member.startsWith('console.')),
        'src/main.ts',
        'src/cli.ts',
        'src/bin.ts'
      ),
      []
    )
  })

  test('clocks are injected: only clock.ts, and what waits for a process, asks the machine', () => {
    const now = ({ members }: Source) => members.includes('Date.now')
    assert.deepEqual(filesWith(now, 'src/clock.ts', 'src/main.ts', /^src\/(embedded|passwords|mysql)\//), [])
  })

  test('a room has its first verbs in the file of its name; what has no one verb is a library', () => {
    const rooms = new Set(sources.filter(({ file }) => isRoom(file)).map(({ file }) => room(file)))
    const nameless = [...rooms].filter(name => !files.has(`src/${name}/${name}.ts`))
    assert.deepEqual(nameless, ['passwords', 'tokens'])
  })
})
