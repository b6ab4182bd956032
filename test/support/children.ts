import assert from 'node:assert/strict'
import { ChildProcess, execFileSync } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { after } from 'node:test'
import { identity } from '../../src/embedded/processes.ts'
import { eventually } from './eventually.ts'

/** The child processes that this one has started, oldest first. */
export const children: ChildProcess[] = []

subscribe('child_process', message => {
  if (
    typeof message === 'object' &&
    message !== null &&
    'process' in message &&
    message.process instanceof ChildProcess
  )
    children.push(message.process)
})

export function newestChild(): ChildProcess {
  const child = children.at(-1)
  assert(child?.pid)
  return child
}

/** Lets a child stand still, until what is returned is called or the tests are over. */
export async function freeze(child: ChildProcess): Promise<() => void> {
  const thaw = () => void child.kill('SIGCONT')
  child.kill('SIGSTOP')
  after(thaw)
  // The signal is under way: one thread hears of it first, and the others may still take a message.
  await eventually(() => stateOf(child) === 'T', 'the process stands still')
  return thaw
}

/** proc(5) and ps(1) agree: T is stopped. */
function stateOf({ pid }: ChildProcess): string | undefined {
  if (process.platform === 'linux') return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim()[0]
}

/** Whether a child has ended, and its parent was told. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Waits for the end of a process that is not our child: its last moments, without a command line, count as its life. */
export async function gone(pid: number | undefined): Promise<void> {
  await eventually(() => !isThere(pid), `process ${pid} is gone`)
}

/** Whether a process of this id runs; one that ended and that nobody has asked after does not. */
export function isThere(pid: number | undefined): boolean {
  return pid !== undefined && identity(pid) !== undefined
}
