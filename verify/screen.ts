import { styleText } from 'node:util'
import type { Finding, Proof } from './proof.ts'

const BAR = 24 // characters
const FRAME_MS = 100 // between two drawings of the bar
const LINE_MS = 30_000 // between two lines where there is no terminal
const WHAT = 60
const FIGURE = 24

const out = process.stdout
const wide = (text: string, width: number) => text.padEnd(width)

export function say(line = ''): void {
  out.write(`${line}\n`)
}

export function heading({ name, promise }: Proof): void {
  say(`\n  ${styleText('bold', name)}\n  ${promise}`)
}

/** A line on a terminal, redrawn; elsewhere one now and then, so that a log stays short and a long proof does not look dead. */
export function progressBar(): { progress: (done: number, total: number) => void; clear: () => void } {
  const began = performance.now()
  let drawn = out.isTTY ? 0 : began
  return {
    progress(done, total) {
      const now = performance.now()
      if (now - drawn < (out.isTTY ? FRAME_MS : LINE_MS)) return
      drawn = now
      const share = Math.min(1, done / total)
      const full = Math.round(share * BAR)
      const left = share > 0.02 ? `, ${time(((now - began) / share) * (1 - share))} left` : ''
      const figures = `${Math.floor(share * 100)} %, ${time(now - began)}${left}`
      if (out.isTTY) out.write(`\r\x1b[K  ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${figures}`)
      else say(styleText('dim', `  ${figures}`))
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
