import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './answer.ts'

const TRIES = 8

/**
 * Asks again after a 503, as any client does: a machine that is busy with other tests may not get to all of fifty
 * requests in time.
 *
 * @param onShed told of each 503
 */
export async function patiently(ask: () => Promise<Answer>, onShed = () => {}): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask()
    if (answer.status !== 503 || attempt === TRIES) return answer
    onShed()
    await sleep(Number(answer.headers['retry-after']) * 1000)
  }
}
