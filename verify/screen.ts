import { styleText } from 'node:util'
import type { Finding, Proof } from './proof.ts'

const BAR = 24 // characters
const FRAME_MS = 100 // between two drawings of the bar
const WHAT = 60
const FIGURE = 24

const out = process.stdout
const wide = (text: string, width: number) => text.padEnd(width)

export function say(line = ''): void {
  out.write(`${line}\n`)
}

export function heading({ name, promise, behaviours }: Proof): void {
  const which = `behaviour${behaviours.length > 1 ? 's' : ''} ${behaviours.join(', ')}`
  say(`\n  ${styleText('bold', name)}  ${styleText('dim', which)}\n  ${promise}`)
}

/** A line on a terminal, redrawn; elsewhere nothing, so that the log of a CI run stays short. */
export function progressBar(): { progress: (done: number, total: number) => void; clear: () => void } {
  const began = performance.now()
  let drawn = 0
  return {
    progress(done, total) {
      const now = performance.now()
      if (!out.isTTY || now - drawn < FRAME_MS) return
      drawn = now
      const share = Math.min(1, done / total)
      const full = Math.round(share * BAR)
      const left = share > 0.02 ? `, ${time(((now - began) / share) * (1 - share))} left` : ''
      out.write(
        `\r\x1b[K  ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(share * 100)} %, ${time(now - began)}${left}`
      )
    },
    clear() {
      if (out.isTTY) out.write('\r\x1b[K')
    }
  }
}

export function showFinding({ what, figure, promise, kept, examples = [] }: Finding): void {
  const mark = kept ? styleText('green', '✔') : styleText('red', '✖')
  say(
    `  ${mark} ${wide(what, WHAT)} ${styleText('bold', wide(figure, FIGURE))} ${styleText('dim', `promised: ${promise}`)}`
  )
  if (!kept) for (const example of examples) say(styleText('red', `      ${example.replaceAll('\n', '\n      ')}`))
}

/** A duration for people. */
export function time(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 100 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
