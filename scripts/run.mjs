// node scripts/run.mjs <file.ts> [arguments…]
//
// The way in for every npm script, on whatever Node a machine has (18 or later): installs what package-lock.json
// names and node_modules lacks, picks a Node that runs TypeScript, and runs the file on it. Plain JavaScript without
// dependencies, because it runs before there are any.
import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { constants } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR = 24 // the first LTS line that strips types without a flag
const STALE_INSTALL_MS = 15 * 60_000 // an install that has not ended by then belongs to a process id that was reused
const ORPHAN_MS = 250 // how soon it is noticed that npm is gone
const REPEAT_MS = 1000 // npm and a process group deliver one signal several times within moments

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, '.cache')
const production = process.env.NODE_ENV === 'production'
const parent = process.ppid

class Advice extends Error {}

try {
  const [file, ...args] = process.argv.slice(2)
  if (file === undefined) throw new Advice('usage: node scripts/run.mjs <file.ts> [arguments…]')
  if (missingPackages().length > 0) await install()
  await run(node(), [file, ...args])
} catch (error) {
  if (!(error instanceof Advice)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}

/** Paths in package-lock.json whose version is not the installed one. Reads two files, touches no network. */
function missingPackages(folder = root) {
  const wanted = packages(join(folder, 'package-lock.json'))
  const installed = packages(join(folder, 'node_modules', '.package-lock.json'))
  return Object.keys(wanted).filter(
    path => path !== '' && installed[path]?.version !== wanted[path].version && isNeeded(wanted[path])
  )
}

function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {}
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {} // no lock file: nothing wanted; none in node_modules: nothing installed
    throw error
  }
}

function isNeeded({ link, dev, optional, devOptional, os, cpu, libc }) {
  if (link || (dev && production)) return false
  if (!optional && !devOptional) return true
  // A platform's own package is needed where it fits; other optional ones npm leaves out together with their parents.
  return (
    Boolean(os ?? cpu) &&
    allows(os, process.platform) &&
    allows(cpu, process.arch) &&
    (libc === undefined || allows(libc, libcFamily()))
  )
}

function allows(list, value) {
  return (
    list === undefined ||
    (!list.includes(`!${value}`) && (list.includes(value) || list.every(entry => entry.startsWith('!'))))
  )
}

function libcFamily() {
  process.report.excludeNetwork = true // otherwise the report resolves the names of open connections
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

/**
 * `npm ci` in a folder of its own, and one rename when it is whole: a killed or failed install leaves node_modules as
 * it was, two at once cannot mix, and an update without network does not cost the packages that were there.
 */
async function install() {
  mkdirSync(cache, { recursive: true })
  if ((await otherInstall()) && missingPackages().length === 0) return
  const folder = join(cache, `install-${process.pid}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  try {
    // Without `scripts`: the project's own have nothing to work on in that folder.
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), scripts: {} })
    )
    copyFileSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
    if (existsSync(join(root, '.npmrc'))) copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'))
    await npmCi(folder)
    moveIntoPlace(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits while another live start installs here, and clears what dead ones left. True when there was one to wait for. */
async function otherInstall() {
  let waited = false
  for (;;) {
    const live = readdirSync(cache)
      .filter(name => /^install-\d+$/.test(name))
      .filter(name => {
        if (isFresh(join(cache, name)) && isAlive(Number(name.slice('install-'.length)))) return true
        rmSync(join(cache, name), { recursive: true, force: true })
        return false
      })
    if (live.length === 0) return waited
    if (!waited) console.error('guildhall: another start is installing packages, waiting for it …')
    waited = true
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

function isFresh(folder) {
  try {
    return Date.now() - statSync(folder).mtimeMs < STALE_INSTALL_MS
  } catch {
    return false // its owner took it away just now
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function npmCi(folder) {
  const command = `npm ci${production ? ' --omit=dev' : ''}`
  const count = missingPackages(folder).length
  console.error(`guildhall: installing ${count} packages (${command}), once …`)
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const ticking = setInterval(() => console.error(`guildhall: … still installing, ${seconds()} s`), 10_000)
  // Only errors: warnings that the machine's own Node is too old are no news, the project brings its Node along.
  // The first retry after 1 s instead of 10 s: without network the answer comes in 10 s instead of 70 s.
  const code = await npm(folder, [
    'ci',
    production ? '--omit=dev' : '--include=dev',
    '--loglevel=error',
    '--engine-strict=false',
    '--fetch-retry-mintimeout=1000',
    '--prefer-offline',
    '--no-audit',
    '--no-fund'
  ]).finally(() => clearInterval(ticking))
  if (code !== 0) {
    throw new Advice(
      `The packages are not installed: "${command}" did not succeed (its reasons stand above).\nWith a network connection, mend it with:  npm start   (or try the install alone:  ${command})`
    )
  }
  console.error(`guildhall: packages installed in ${seconds()} s`)
}

function npm(folder, args) {
  const cli = process.env.npm_execpath // the npm that runs us, when it is npm
  const [command, ...prefix] = cli !== undefined && basename(cli) === 'npm-cli.js' ? [process.execPath, cli] : ['npm']
  // An outer npm hands its own configuration down by environment; the project's folder must not come along.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(local_prefix|prefix|global_prefix)$/i.test(name))
  )
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && prefix.length === 0
    })
    child.on('error', error =>
      reject(
        error.code === 'ENOENT'
          ? new Advice(
              'The packages are not installed, and npm, which installs them, is missing.\nInstall Node.js with npm (https://nodejs.org), then run the command again.'
            )
          : error
      )
    )
    child.on('exit', resolve)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => {
        child.kill(signal)
        rmSync(folder, { recursive: true, force: true })
        process.exit(128 + constants.signals[signal])
      })
    }
  })
}

function moveIntoPlace(folder) {
  const target = join(root, 'node_modules')
  try {
    if (existsSync(target)) renameSync(target, join(folder, 'replaced'))
    renameSync(join(folder, 'node_modules'), target)
  } catch (error) {
    if (missingPackages().length === 0) return // another start was faster
    throw new Advice(`node_modules could not be replaced (${error.code}). Mend it with:  npm ci`)
  }
}

/** The Node to run on: the project's own in a checkout, the machine's in production, whichever there is otherwise. */
function node() {
  const own = [join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')]
    .filter(existsSync)
    .map(path => realpathSync(path))
  const running = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR ? [process.execPath] : []
  const [choice] = production ? [...running, ...own] : [...own, ...running]
  if (choice !== undefined) return choice
  throw new Advice(
    production
      ? `Node ${NODE_MAJOR} or later is missing: this is Node ${process.versions.node}, and with NODE_ENV=production the machine's own Node runs the server.\nInstall Node ${NODE_MAJOR} (https://nodejs.org, or your version manager:  nvm install ${NODE_MAJOR} · volta install node@${NODE_MAJOR}).`
      : `Node ${NODE_MAJOR} or later is missing: this is Node ${process.versions.node}, and the npm package "node", which brings it, was installed without its install script.\nMend it with:  npm rebuild node --ignore-scripts=false`
  )
}

/** Runs the file with our terminal, hands signals on, and ends as it ends. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    // Stripped and compiled sources are kept: a third of a start is reading them.
    const env = { NODE_COMPILE_CACHE: join(cache, 'compiled'), ...process.env }
    const child = spawn(command, args, { stdio: 'inherit', env })
    const last = new Map()
    const forward = signal => {
      const repeated = Date.now() - (last.get(signal) ?? 0) < REPEAT_MS
      last.set(signal, Date.now())
      // A terminal's Ctrl-C has reached the whole process group already, the child too.
      if (!repeated && !(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    const watch = setInterval(() => {
      if (!isOrphan()) return
      clearInterval(watch)
      child.kill('SIGTERM')
    }, ORPHAN_MS)
    child.on('error', error =>
      reject(
        new Advice(
          `${command} does not run here (${error.code}). Install Node ${NODE_MAJOR} (https://nodejs.org) and run the command again with it.`
        )
      )
    )
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward)
      process.exitCode = code ?? 128 + constants.signals[signal]
      if (signal !== null && process.platform !== 'win32') process.kill(process.pid, signal)
      resolve()
    })
  })
}

/** A SIGTERM for npm ends only npm and its shell, which do not hand it on: their end is the signal. */
function isOrphan() {
  return process.env.npm_lifecycle_event !== undefined && process.ppid !== parent
}
