import { createServer } from 'node:net'
import { lastLines, type Outcome, runProgram } from './processes.ts'

const PORTS = { first: 20_000, last: 32_767 } // above, an outgoing connection may hold the port

/** Whether there is an engine; the reason is added when there is none. */
export async function engineAnswers(reasons: string[]): Promise<boolean> {
  const { code } = await docker('version', '--format', '{{.Server.Version}}')
  if (code !== 0) reasons.push(code === null ? 'Docker is not installed' : 'no Docker engine answers')
  return code === 0
}

/** The port of this machine that leads to a running container's server. */
export async function publishedPort(name: string): Promise<number | undefined> {
  const { code, output } = await docker('port', name, '3306/tcp')
  return code === 0 ? Number(/:(\d+)\s*$/.exec(output)?.[1]) : undefined
}

export async function isRunning(name: string): Promise<boolean> {
  return (await docker('inspect', '--format', '{{.State.Running}}', name)).output.trim() === 'true'
}

/** A port that a container can publish. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * (PORTS.last - PORTS.first))
    const server = createServer()
    const isFree = await new Promise<boolean>(resolve =>
      server
        .once('error', () => {
          resolve(false)
        })
        .listen(port, '127.0.0.1', () => {
          resolve(true)
        })
    )
    await new Promise(resolve => server.close(resolve))
    if (isFree) return port
  }
}

/** Runs a command of the engine; code null where there is none. */
export async function docker(...args: string[]): Promise<Outcome> {
  return await runProgram('docker', args).catch(() => ({ code: null, output: '' }))
}

/** The same for what has to succeed. */
export async function must(...args: string[]): Promise<void> {
  const { code, output } = await docker(...args)
  if (code !== 0) throw new Error(`docker ${args[0]}: ${lastLines(output)}`)
}
