import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type BrowserServer, chromium } from 'playwright-core'
import { CHROMIUM, fetchPackages } from '../src/embedded/apt.ts'
import { fetchedEnvironment } from '../src/embedded/find.ts'
import { lastLines } from '../src/embedded/processes.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
]
const ARGS = [
  '--headless',
  '--no-sandbox', // as root, and in containers, there is none; it opens nothing but our own pages
  '--disable-gpu',
  '--disable-quic',
  // Nothing but the tests' own requests.
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

// What pages ask for, as the fetched fonts have it; anything else is the first of them.
const FONTS = {
  'sans-serif': 'Liberation Sans',
  'system-ui': 'Liberation Sans',
  Arial: 'Liberation Sans',
  serif: 'Liberation Serif',
  'Times New Roman': 'Liberation Serif',
  monospace: 'Liberation Mono',
  'Courier New': 'Liberation Mono'
}

interface Program {
  path: string
  env: NodeJS.ProcessEnv
}

/**
 * The first Chromium that starts here: CHROMIUM, one that is installed, one that was fetched into the cache folder. Tests
 * connect to it, each with contexts of its own.
 *
 * @throws a message that says why there is none, and the one command that brings one
 */
export async function openBrowser(cacheDir: string, log: (line: string) => void): Promise<BrowserServer> {
  const reasons: string[] = []
  for await (const { path, env } of findPrograms(cacheDir, reasons, log)) {
    try {
      const server = await launch({ path, env })
      log(`browser: ${path}`)
      return server
    } catch (error) {
      reasons.push(`${path} does not start (${why(error)})`)
    }
  }
  throw new Error(`No browser: ${reasons.join('; ')}.\nInstall one and run again:  ${command()}`)
}

async function launch({ path, env }: Program): Promise<BrowserServer> {
  return await chromium.launchServer({
    executablePath: path,
    args: ARGS,
    host: '127.0.0.1',
    env,
    // Who opens it closes it; playwright would end this process before the database is stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false
  })
}

async function* findPrograms(
  cacheDir: string,
  reasons: string[],
  log: (line: string) => void
): AsyncGenerator<Program> {
  const { CHROMIUM: named, PATH, ...rest } = process.env
  const env = { ...rest, PATH }
  if (named) {
    yield { path: named, env }
    return // whoever names one wants no other
  }
  const folders = (PATH ?? '').split(delimiter)
  const installed = NAMES.flatMap(name => folders.map(folder => join(folder, name)))
  const all = [...installed, ...PLACES, chromium.executablePath()].filter(existsSync)
  for (const path of all) yield { path, env }
  if (all.length === 0) reasons.push('none is installed')
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg')) {
    reasons.push('there is no apt-get to fetch one with')
    return
  }
  try {
    yield await fetched(await fetchPackages(CHROMIUM, cacheDir, log))
  } catch (error) {
    reasons.push(`fetching one did not succeed (${why(error)})`)
  }
}

/** Fonts are those of the machine and the fetched ones: fontconfig's own configuration is part of a package, too. */
async function fetched(root: string): Promise<Program> {
  const fonts = join(root, 'fonts.conf')
  writeFileSync(
    fonts,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(root, 'usr/share/fonts')}</dir>
  <cachedir>${join(root, 'fonts.cache')}</cachedir>
${Object.entries(FONTS)
  .map(([family, font]) => `  <alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`)
  .join('\n')}
  <match target="pattern">
    <edit name="family" mode="append" binding="weak"><string>${FONTS['sans-serif']}</string></edit>
  </match>
</fontconfig>
`
  )
  return {
    path: join(root, 'usr/lib/chromium/chromium'), // /usr/bin has a script, which looks for its own files in /usr
    env: { ...(await fetchedEnvironment(root)), FONTCONFIG_FILE: fonts }
  }
}

/** playwright tells the whole command line and log; the browser's own words stand in it after [err]. */
function why(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const said = [...text.matchAll(/\[err\] (.*)/g)].map(([, line]) => line ?? '')
  return said.at(-1) ?? lastLines(text, 1)
}

function command(): string {
  const isDebian = existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  return isDebian
    ? 'sudo apt-get update && sudo apt-get install --yes chromium'
    : 'npx playwright-core install --with-deps chromium'
}
