import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../test/support/answer.ts'
import { number } from './proof.ts'

const TRIES = 10
const UNIT_MS = 100 // for each second of Retry-After: the server's word, in a hurry

/** Asks as any client does: a 503 is asked again when Retry-After says so. */
export class Patience {
  /** How often that was. */
  shed = 0

  async ask(once: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await once()
      if (answer.status !== 503 || attempt === TRIES) return answer
      this.shed++
      await sleep(Number(answer.headers['retry-after']) * UNIT_MS * attempt)
    }
  }

  /** For a figure. */
  note(): string {
    return this.shed === 0 ? '' : ` (${number(this.shed)} asked again)`
  }
}
