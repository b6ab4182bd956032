import { existsSync, realpathSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fetchPackages, MARIADB } from './apt.ts'
import { examine, type Programs } from './programs.ts'

// Where servers live that are not on an ordinary user's PATH: Debian, Red Hat, Homebrew on Apple silicon and on Intel.
const FOLDERS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
  ...['/opt/homebrew/opt', '/usr/local/opt'].flatMap(prefix =>
    ['mariadb', 'mariadb@11.8', 'mariadb@11.4', 'mariadb@10.11', 'mysql', 'mysql@8.4', 'mysql@8.0'].map(name =>
      join(prefix, name, 'bin')
    )
  )
]

/**
 * The servers that this machine can run, best first: installed ones, then one fetched into the cache folder. Those are
 * asked for only when the caller goes on, so nothing is fetched while an installed one serves. Reasons why something
 * was passed over are added to `reasons`.
 */
export async function* findPrograms(
  cacheDir: string,
  reasons: string[],
  log: (line: string) => void
): AsyncGenerator<Programs> {
  if (process.platform === 'win32') {
    reasons.push('a server on Windows has no private socket')
    return
  }
  const seen = new Set<string>()
  for (const name of ['mariadbd', 'mysqld']) {
    for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...FOLDERS]) {
      const program = join(folder, name)
      if (folder === '' || !existsSync(program) || seen.has(realpathSync(program))) continue
      seen.add(realpathSync(program))
      const found = await examine(program, [], process.env, reasons)
      if (found !== undefined) yield found
    }
  }
  if (seen.size === 0) reasons.push('no mariadbd or mysqld is installed')
  const fetched = await fetchedPrograms(cacheDir, reasons, log)
  if (fetched !== undefined) yield fetched
}

async function fetchedPrograms(
  cacheDir: string,
  reasons: string[],
  log: (line: string) => void
): Promise<Programs | undefined> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg')) {
    reasons.push('there is no apt-get to fetch a server with')
    return undefined
  }
  try {
    const root = await fetchPackages(MARIADB, cacheDir, log)
    const env = await fetchedEnvironment(root)
    const share = join(root, 'usr', 'share', existsSync(join(root, 'usr', 'share', 'mysql')) ? 'mysql' : 'mariadb')
    const options = [
      `--basedir=${join(root, 'usr')}`,
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${join(share, 'charsets')}`,
      `--plugin-dir=${join(root, 'usr', 'lib', 'mysql', 'plugin')}`
    ]
    return await examine(join(root, 'usr', 'sbin', 'mariadbd'), options, env, reasons)
  } catch (error) {
    reasons.push(`fetching one did not succeed (${error instanceof Error ? error.message : String(error)})`)
    return undefined
  }
}

/** The environment of a program that was fetched: its libraries first. */
export async function fetchedEnvironment(root: string): Promise<NodeJS.ProcessEnv> {
  const inherited = process.env.LD_LIBRARY_PATH
  const folders = [...(await libraryFolders(root)), ...(inherited === undefined ? [] : [inherited])]
  return { ...process.env, LD_LIBRARY_PATH: folders.join(':') }
}

/**
 * Debian keeps libraries under lib/<architecture> and usr/lib/<architecture>; which of them exist depends on the packages.
 * A library may have parts of its own in a folder below, which it looks for in the system's place: libpulse does.
 */
async function libraryFolders(root: string): Promise<string[]> {
  const folders: string[] = []
  for (const parent of [join(root, 'lib'), join(root, 'usr', 'lib')].filter(existsSync)) {
    for (const name of (await readdir(parent)).filter(name => name.includes('-linux-'))) {
      const files = await readdir(join(parent, name), { recursive: true, withFileTypes: true })
      const holding = files.filter(file => /\.so(\.|$)/.test(file.name)).map(file => file.parentPath)
      folders.push(...new Set([join(parent, name), ...holding]))
    }
  }
  return folders
}

/** What to tell when no server can be had: why, and the one command that brings one to this system. */
export function missingServer(reasons: string[]): Error {
  const command =
    process.platform === 'darwin'
      ? 'brew install mariadb'
      : existsSync('/usr/bin/apt-get')
        ? 'sudo apt-get update && sudo apt-get install --yes mariadb-server'
        : existsSync('/usr/bin/dnf')
          ? 'sudo dnf install mariadb-server'
          : 'docker run --rm hello-world   (install Docker, and see that this works)'
  return new Error(
    `No database server: ${reasons.join('; ')}.\nInstall one and start again:  ${command}\nOr name a server of yours in DATABASE_URL.`
  )
}
