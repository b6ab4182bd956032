import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from '../../src/embedded/ports.ts'
import type { TestConfig } from './app.ts'
import { bareEnvironment } from './environment.ts'
import { eventually } from './eventually.ts'

const ROOT = join(import.meta.dirname, '../..')

export interface Child {
  url: string
  process: ChildProcess
  /** kill -9, and the end of the process. */
  kill(): Promise<void>
}

/** The server as a process of its own, as operators run it. */
export async function startChild(config: TestConfig): Promise<Child> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: { ...bareEnvironment(), WEB_CLIENT: 'off', ...config, PORT: String(port), LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
      return await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false
      )
    }, 'the server is ready')
  } catch (error) {
    child.kill('SIGKILL') // the tests would wait for it
    throw error
  }
  return {
    url,
    process: child,
    async kill() {
      child.kill('SIGKILL')
      await gone
    }
  }
}
