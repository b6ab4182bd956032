import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A process by id and start time, fit for a file name: `1234-56789`. The start time tells it from a later process
 * that was given the same id. Undefined when there is no such process.
 */
export function identity(pid = process.pid): string | undefined {
  const started = startTime(pid)
  return started === undefined ? undefined : `${pid}-${started}`
}

/** Whether the process that `identity` named is still there; what follows a second dash in the name is ignored. */
export function isAlive(name: string): boolean {
  const [pid, started] = name.split('-')
  return started !== undefined && startTime(Number(pid)) === started
}

/** The command line of a live process, arguments separated by NUL or blanks; empty for dead ones and zombies. */
export function commandLine(pid: number): string {
  return procFile(pid, 'cmdline') ?? ps(pid, 'command') ?? ''
}

/** The names in a folder of files named by identity; files of dead processes are removed on the way. */
export function liveNames(folder: string): string[] {
  return readdirSync(folder).filter(name => {
    if (isAlive(name)) return true
    rmSync(join(folder, name), { recursive: true, force: true })
    return false
  })
}

export interface Outcome {
  code: number | null
  output: string
}

/** Runs a program to its end, with both its output streams as one text. `input` goes to its stdin. */
export function runProgram(
  program: string,
  args: string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {}
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: options.env ?? process.env, stdio: 'pipe' })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      output += text
    })
    child.stdin.on('error', () => {}) // a program that ends early says why by its output and code
    child.stdin.end(options.input ?? '')
    child.on('error', reject)
    child.on('close', code => {
      resolve({ code, output })
    })
  })
}

/** The end of a log, where the reason stands. */
export function lastLines(text: string, count = 4): string {
  return text.trim().split('\n').slice(-count).join('\n')
}

function startTime(pid: number): string | undefined {
  const stat = procFile(pid, 'stat')
  if (stat === undefined) return ps(pid, 'lstart')?.replace(/[^0-9A-Za-z]/g, '')
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // the name before it may hold blanks and brackets
  return state === 'Z' ? undefined : fields[18] // field 22 of proc(5): start in ticks since boot
}

function procFile(pid: number, name: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    }).trim()
  } catch {
    return undefined // ps answers 1 for a process that does not exist
  }
}
