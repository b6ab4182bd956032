import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestConfig } from './app.ts'
import { bareEnvironment } from './environment.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * The command line, without npm's half a second.
 *
 * @returns what it prints; rejects with `code`, `stdout` and `stderr` when it does not end with 0
 */
export async function runCli(config: TestConfig, ...args: string[]): Promise<string> {
  const env = { ...bareEnvironment(), ...config }
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli.ts', ...args], { cwd: ROOT, env })
  return stdout
}
