import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:os'
import { join } from 'node:path'
import { openTestServer, type TestServer } from './test-server.ts'

const root = join(import.meta.dirname, '..')

export interface TestRun {
  /** In the names of all that this run makes. */
  id: string
  server: TestServer
  /** Runs Node in the project's folder with our terminal, unless the run was interrupted. @returns the exit code */
  node(args: string[], env?: NodeJS.ProcessEnv): Promise<number>
  /** `node --test`, with what every run of tests agrees on. */
  test(options: string[], env?: NodeJS.ProcessEnv): Promise<number>
}

/**
 * What a command for tests does around them: a database server that leaves nothing behind, signals that reach what runs,
 * and the exit code. `work` returns the code.
 */
export async function runTests(work: (run: TestRun) => Promise<number>): Promise<void> {
  const id = randomBytes(4).toString('hex')
  const children = new Set<ReturnType<typeof spawn>>()
  let server: TestServer | undefined
  let interrupted: NodeJS.Signals | undefined

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const byTerminal = signal === 'SIGINT' && process.stdin.isTTY // then the children have it already
      if (interrupted === undefined && !byTerminal) for (const child of children) child.kill(signal)
      interrupted ??= signal
    })
  }

  const node: TestRun['node'] = async (args, env = {}) => {
    if (interrupted !== undefined) return 1
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    children.add(child)
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => {
        resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM'])
      })
    }).finally(() => children.delete(child))
  }

  try {
    server = await openTestServer(id)
    const { url, version, throwAway } = server
    console.log(`tests: ${version} (${throwAway ? 'throw-away server' : 'TEST_DATABASE_URL'}), run ${id}`)
    process.exitCode = await work({
      id,
      server,
      node,
      test: (options, env) =>
        node(
          [
            '--test',
            '--test-reporter=spec',
            '--test-timeout=120000', // ms for a test, and for what a file keeps open after its last one
            ...options
          ],
          { TEST_DATABASE_URL: url, TEST_RUN_ID: id, ...env }
        )
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await server?.stop()
  }
  if (interrupted !== undefined) process.exitCode = 128 + constants.signals[interrupted]
}

/** Whether an argument names test files, rather than being an option of `node --test`. */
export function isFile(arg: string): boolean {
  return !arg.startsWith('-') && /\.ts$|[/*]/.test(arg)
}
