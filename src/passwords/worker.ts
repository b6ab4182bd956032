import { hash, verify } from '@node-rs/argon2'

// The hash process. Its parent lowers its priority right after the fork, before libuv makes its
// threads, which inherit it: a flood of logins must not slow refreshes and reads.

/** What the parent asks; `pepper` is argon2's secret input. */
export type HashJob = { id: number; password: string; pepper: Uint8Array } & (
  | { kind: 'hash'; options: { memoryCost: number; timeCost: number; parallelism: number } }
  | { kind: 'verify'; phc: string }
)

export type HashAnswer = { id: number } & ({ phc: string } | { ok: boolean } | { failure: string })

process.on('message', async (job: HashJob) => {
  process.send?.(await answer(job))
})
// The parent is gone: nobody waits for answers any more.
process.on('disconnect', () => process.exit())
// A terminal's Ctrl-C reaches the whole group; the parent drains first, then closes this process.
process.on('SIGINT', () => {})

async function answer(job: HashJob): Promise<HashAnswer> {
  try {
    if (job.kind === 'hash') {
      return { id: job.id, phc: await hash(job.password, { ...job.options, secret: job.pepper }) }
    }
    return { id: job.id, ok: await verify(job.phc, job.password, { secret: job.pepper }) }
  } catch (error) {
    return { id: job.id, failure: error instanceof Error ? error.message : String(error) }
  }
}
