import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeLeftovers } from './data-folder.ts'
import { withLock } from './lock.ts'
import { identity, runProgram } from './processes.ts'

const PROGRESS_MS = 5000 // between two lines about a download

/** What can be fetched: its packages, beside the libraries that they need. */
export interface Fetchable {
  /** Of the cache folder. */
  folder: string
  packages: readonly [string, ...string[]]
  /** For people. */
  name: string
  size: string
}

/** MariaDB's server. The unversioned name exists from 10.11 on, the oldest that is supported. */
export const MARIADB: Fetchable = {
  folder: 'mariadb',
  packages: ['mariadb-server-core'],
  name: 'MariaDB',
  size: 'about 10 MB'
}

/** Redis, for the tests of shared limits: the server's program is a link into its tools. */
export const REDIS: Fetchable = {
  folder: 'redis',
  packages: ['redis-server', 'redis-tools'],
  name: 'Redis',
  size: 'about 2 MB'
}

/** Chromium, for the tests in a browser, and a font: a machine without a desktop has none. */
export const CHROMIUM: Fetchable = {
  folder: 'chromium',
  packages: ['chromium', 'chromium-common', 'fonts-liberation'],
  name: 'Chromium',
  size: 'about 200 MB'
}

/**
 * Unpacks programs from the machine's own package archive into a folder of `cacheDir`, without root and without
 * touching the system, and returns that folder. One that is there already is returned at once, without network.
 * Throws a sentence that says what apt-get objected to.
 */
export async function fetchPackages(
  { folder, packages, name, size }: Fetchable,
  cacheDir: string,
  log: (line: string) => void
): Promise<string> {
  const target = join(cacheDir, folder)
  if (existsSync(target)) return target
  await mkdir(cacheDir, { recursive: true })
  return await withLock(join(cacheDir, 'lock'), async () => {
    if (existsSync(target)) return target
    await removeLeftovers(cacheDir, `${folder}-fetch-`)
    const work = join(cacheDir, `${folder}-fetch-${identity()}`)
    try {
      log(`${name}: not on this machine; fetching it with apt-get into the cache folder (${size}, once) …`)
      const archives = await download(work, packages, line => log(`${name}: ${line}`))
      log(`${name}: unpacking …`)
      const unpacked = join(work, 'root')
      await mkdir(unpacked)
      for (const archive of archives) await runOrThrow('dpkg', ['-x', archive, unpacked])
      await rename(unpacked, target)
      log(`${name}: fetched`)
      return target
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  })
}

async function download(work: string, packages: readonly string[], log: (line: string) => void): Promise<string[]> {
  for (const folder of ['lists/partial', 'cache/archives/partial']) await mkdir(join(work, folder), { recursive: true })
  await copyFile('/var/lib/dpkg/status', join(work, 'status')) // what the machine has is not fetched again
  try {
    return await install(work, packages, '/var/lib/apt/lists', log)
  } catch {
    // The machine's package lists are missing (slim images) or older than the archive: lists of our own.
    log('reading the package lists …')
    const output = await aptGet(work, join(work, 'lists'), ['update'])
    // One dead source of many does not matter, and apt-get succeeds; when it was ours, it is the reason.
    return await install(work, packages, join(work, 'lists'), log).catch((error: unknown) => {
      throw /^[EW]: Failed to fetch/m.test(output) ? complaint('apt-get update', output) : error
    })
  }
}

/** Downloads the packages and those libraries that the machine lacks; never the C library, which fits only its own linker. */
async function install(
  work: string,
  packages: readonly string[],
  lists: string,
  log: (line: string) => void
): Promise<string[]> {
  const archives = join(work, 'cache', 'archives')
  const progress = setInterval(async () => log(`${await megabytes(archives)} MB so far …`), PROGRESS_MS)
  await aptGet(work, lists, ['install', '--yes', '--download-only', '--no-install-recommends', ...packages]).finally(
    () => clearInterval(progress)
  )
  const names = (await readdir(archives)).filter(
    name => packages.some(one => name.startsWith(`${one}_`)) || /^lib(?!c6_|c-bin).*\.deb$/.test(name)
  )
  return names.map(name => join(archives, name))
}

/** What a folder of archives holds, with those that are still on their way. */
async function megabytes(archives: string): Promise<number> {
  const names = await readdir(archives, { recursive: true })
  const sizes = await Promise.all(
    names.map(name =>
      stat(join(archives, name)).then(
        ({ size }) => size,
        () => 0 // it was renamed just now: it is whole
      )
    )
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6)
}

async function aptGet(work: string, lists: string, args: string[]): Promise<string> {
  const configuration = join(work, 'apt.conf')
  await writeFile(
    configuration,
    [
      `Dir::State::Lists "${lists}";`,
      `Dir::State::status "${join(work, 'status')}";`,
      `Dir::State::extended_states "${join(work, 'extended_states')}";`,
      `Dir::Cache "${join(work, 'cache')}";`,
      'Dir::Cache::archives "archives";',
      `Dir::Log "${work}";`,
      'APT::Sandbox::User "";', // as root apt would download as a user who may not write here
      'Debug::NoLocking "true";',
      'Acquire::Languages "none";',
      'Acquire::Retries "2";',
      'Acquire::http::Timeout "20";',
      'Acquire::https::Timeout "20";',
      'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";',
      // Hooks of the system (clean-up of its cache, its software catalogue) have no business with our folder.
      ...[
        'APT::Update::Pre-Invoke',
        'APT::Update::Post-Invoke',
        'APT::Update::Post-Invoke-Success',
        'DPkg::Pre-Invoke',
        'DPkg::Post-Invoke',
        'DPkg::Pre-Install-Pkgs'
      ].map(hook => `#clear ${hook};`),
      ''
    ].join('\n')
  )
  // -c is read after the system's configuration, APT_CONFIG before it: only -c can clear the hooks.
  return await runOrThrow('apt-get', ['-q', '-c', configuration, ...args])
}

async function runOrThrow(program: string, args: string[]): Promise<string> {
  const { code, output } = await runProgram(program, args, {
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  })
  if (code !== 0) throw complaint(`${program} ${args.at(-1)}`, output)
  return output
}

function complaint(command: string, output: string): Error {
  const lines = output.trim().split('\n')
  return new Error(`${command}: ${lines.find(line => /^(E|W|dpkg.*): /.test(line)) ?? lines.at(-1)}`)
}
