import { type ChildProcess, fork } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { availableParallelism, setPriority } from 'node:os'
import { dirname } from 'node:path'
import { Problem } from '../errors.ts'
import type { HashAnswer, HashJob } from './worker.ts'

const LANES = availableParallelism() // hashes at a time: more only take turns on the same cores
const WAITING = 128 * LANES // at about 100 hashes a second and core, the last of them waits 1.3 s
const RETRY_AFTER = 2 // s
const PATIENCE_MS = 10_000 // for one hash, which takes 20 ms: a process that is stuck gives way to a new one
const NICENESS = 10
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

interface Ticket {
  job: HashJob
  resolve: (answer: HashAnswer) => void
  reject: (error: Error) => void
  /** Times it was under way when the process died. */
  crashes: number
  timer?: NodeJS.Timeout
}

export interface Bulkhead {
  /**
   * Queues a job for the hash process.
   *
   * @param followsUp it completes work that was let in: a full queue takes it, too
   * @throws Problem busy (503) when the queue is full
   */
  run(job: Unnumbered<HashJob>, followsUp?: boolean): Promise<HashAnswer>
  /** Jobs that are under way or wait. */
  load(): number
  close(): void
}

/** A process of its own for hashing, at low priority, behind a bounded queue. It starts when first needed. */
export function createBulkhead(patience = PATIENCE_MS): Bulkhead {
  const waiting: Ticket[] = []
  const running = new Map<number, Ticket>()
  let child: ChildProcess | undefined
  let nextId = 1
  let closed = false

  function start(): ChildProcess {
    // An environment without ours: the process needs none of our secrets.
    const compiled = getCompileCacheDir() // in a folder named for this version of Node
    const env = {
      UV_THREADPOOL_SIZE: String(LANES),
      ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) }) // halves its start
    }
    const started = fork(WORKER, { serialization: 'advanced', execArgv: [], env })
    if (started.pid !== undefined) lower(started.pid)
    started.on('message', (answer: HashAnswer) => {
      const ticket = running.get(answer.id)
      clearTimeout(ticket?.timer)
      ticket?.resolve(answer)
      running.delete(answer.id)
      if (running.size === 0) started.unref()
      advance()
    })
    started.once('exit', () => recover(started))
    started.on('error', () => recover(started))
    return started
  }

  /** A process that does not answer: recover() hands its jobs to the next. */
  function end(stuck: ChildProcess): void {
    stuck.kill('SIGKILL')
  }

  function lower(pid: number): void {
    try {
      setPriority(pid, NICENESS)
    } catch {
      // Where it may not be lowered, or is dead already, hashing works all the same.
    }
  }

  /** The process died: what was under way goes to its successor, once. */
  function recover(dead: ChildProcess): void {
    if (child !== dead) return
    child = undefined
    const lost = [...running.values()]
    running.clear()
    for (const ticket of lost.reverse()) {
      clearTimeout(ticket.timer)
      ticket.crashes++
      if (ticket.crashes > 1 || closed) ticket.reject(new Problem('busy', { retryAfter: RETRY_AFTER }))
      else waiting.unshift(ticket)
    }
    advance()
  }

  function advance(): void {
    while (running.size < LANES) {
      const ticket = waiting.shift()
      if (!ticket) return
      running.set(ticket.job.id, ticket)
      child ??= start()
      child.ref()
      child.send(ticket.job, () => {})
      ticket.timer = setTimeout(end, patience, child)
    }
  }

  return {
    run(job, followsUp = false) {
      if (closed || (waiting.length >= WAITING && !followsUp))
        return Promise.reject(new Problem('busy', { retryAfter: RETRY_AFTER }))
      const { promise, resolve, reject } = Promise.withResolvers<HashAnswer>()
      waiting.push({ job: { ...job, id: nextId++ }, resolve, reject, crashes: 0 })
      advance()
      return promise
    },
    load: () => running.size + waiting.length,
    close() {
      closed = true
      for (const ticket of waiting.splice(0)) ticket.reject(new Problem('busy', { retryAfter: RETRY_AFTER }))
      child?.kill('SIGTERM')
    }
  }
}
