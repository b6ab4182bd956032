import { dirname } from 'node:path'
import type { Files } from './files.ts'
import type { Programs } from './programs.ts'

/** The command line of a small private server: no network, 50 to 60 MB of memory for MariaDB. */
export function serverOptions(programs: Programs, files: Files, throwAway: boolean): string[] {
  return [
    ...baseOptions(programs, files.data),
    `--socket=${files.socket}`,
    `--pid-file=${files.pid}`,
    `--log-error=${files.log}`,
    `--tmpdir=${dirname(files.data)}`, // its own: servers that share one remove each other's temporary tables
    '--skip-networking',
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--character-set-server=utf8mb4',
    '--max-connections=200',
    '--innodb-buffer-pool-size=32M',
    '--innodb-use-native-aio=0',
    ...(programs.kind === 'mariadb'
      ? ['--innodb-log-file-size=8M', '--skip-slave-start']
      : ['--innodb-redo-log-capacity=8M', '--mysqlx=OFF', '--secure-file-priv=NULL']),
    ...(throwAway
      ? ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync']
      : ['--innodb-flush-log-at-trx-commit=1'])
  ]
}

/** What every run of the program needs, the one that initialises a data folder included. */
export function baseOptions(programs: Programs, dataDir: string): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [] // both engines refuse root unless it is said
  return ['--no-defaults', `--datadir=${dataDir}`, ...programs.options, ...asRoot]
}
