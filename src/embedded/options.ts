import { dirname } from 'node:path'
import type { Files } from './files.ts'
import type { Programs } from './programs.ts'

/** How the folders and containers of test servers are named; the identity of the owner follows. */
export const THROW_AWAY = 'guildhall-test-'

/** A server of 50 to 60 MB, whatever it runs in. */
export const SMALL = [
  '--skip-name-resolve',
  '--skip-log-bin',
  '--performance-schema=OFF',
  '--character-set-server=utf8mb4',
  '--max-connections=200',
  '--innodb-buffer-pool-size=32M'
]

/** The same of its log, which each engine calls otherwise. */
export const SMALL_LOG = { mariadb: ['--innodb-log-file-size=8M'], mysql: ['--innodb-redo-log-capacity=8M'] }

/** Fast instead of durable, for tests. */
export const FAST = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync']

/** The command line of a small private server without network. */
export function serverOptions(programs: Programs, files: Files, throwAway: boolean): string[] {
  return [
    ...baseOptions(programs, files.data),
    `--socket=${files.socket}`,
    `--pid-file=${files.pid}`,
    `--log-error=${files.log}`,
    `--tmpdir=${dirname(files.data)}`, // its own: servers that share one remove each other's temporary tables
    '--skip-networking',
    '--innodb-use-native-aio=0',
    ...SMALL,
    ...SMALL_LOG[programs.kind],
    ...(programs.kind === 'mariadb' ? ['--skip-slave-start'] : ['--mysqlx=OFF', '--secure-file-priv=NULL']),
    ...(throwAway ? FAST : ['--innodb-flush-log-at-trx-commit=1'])
  ]
}

/** What every run of the program needs, the one that initialises a data folder included. */
export function baseOptions(programs: Programs, dataDir: string): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [] // both engines refuse root unless it is said
  return ['--no-defaults', `--datadir=${dataDir}`, ...programs.options, ...asRoot]
}
