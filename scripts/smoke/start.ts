import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const READY_MS = 300_000 // a first start downloads packages
const STOP_MS = 15_000

export interface Started {
  url: string
  /** As a terminal's Ctrl-C: to the whole process group. */
  interrupt(): Promise<void>
  /** As a supervisor: to the one process that it started. */
  terminate(): Promise<void>
}

/** `npm start` in a folder, with a newcomer's environment, until it says that it is ready. */
export async function start(folder: string, port: number): Promise<Started> {
  const { PATH, HOME } = process.env
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { PATH, HOME, PORT: String(port) },
    detached: true, // a process group of its own, as a shell gives it
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))

  const gone = async () => {
    const patience = AbortSignal.timeout(STOP_MS)
    await Promise.race([exited, sleep(STOP_MS, undefined, { ref: false })])
    // npm may leave before what it started has.
    while (processesOf(folder).length > 0 && !patience.aborted) await sleep(20)
    const left = processesOf(folder)
    if (left.length > 0)
      throw new Error(
        `still there after ${STOP_MS} ms:\n${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}\n${output}`
      )
  }
  const url = `http://localhost:${port}`
  for (
    const deadline = Date.now() + READY_MS;
    !(output.includes('Guildhall is ready') && output.includes('Ctrl-C'));
    await sleep(10)
  ) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`npm start is not ready:\n${output}`)
  }
  for (const line of [url, `${url}/docs`, `${url}/dev/mailbox`]) {
    if (!output.includes(line)) throw new Error(`the ready block does not name ${line}:\n${output}`)
  }
  return {
    url,
    async interrupt() {
      process.kill(-(child.pid ?? 0), 'SIGINT')
      await gone()
    },
    async terminate() {
      child.kill('SIGTERM')
      await gone()
    }
  }
}

/** Live processes that run in a folder, or name it on their command line. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0 && pid !== process.pid)
    .flatMap(pid => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const place = readlinkSync(`/proc/${pid}/cwd`)
        return place.startsWith(folder) || command.includes(folder) ? [{ pid, command }] : []
      } catch {
        return [] // it has just ended
      }
    })
}
