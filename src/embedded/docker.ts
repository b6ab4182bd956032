import { lastLines, type Outcome, runProgram } from './processes.ts'

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

/** Whether a container of this name is there and runs. */
export async function isRunning(name: string): Promise<boolean> {
  return (await docker('inspect', '--format', '{{.State.Running}}', name)).output.trim() === 'true'
}

/** Runs a command of the engine; code null where there is none. */
export async function docker(...args: string[]): Promise<Outcome> {
  return await runProgram('docker', args).catch(() => ({ code: null, output: '' }))
}

/** The same for what has to succeed. @throws Error with the end of what the engine said */
export async function dockerOrThrow(...args: string[]): Promise<void> {
  const { code, output } = await docker(...args)
  if (code !== 0) throw new Error(`docker ${args[0]}: ${lastLines(output)}`)
}
