import type { FastifyServerOptions } from 'fastify'
import type { Config } from './config.ts'

/** What workers report to: the part of a Fastify logger that they use. */
export interface Log {
  info(data: object, text: string): void
  warn(data: object, text: string): void
}

/** One JSON line per event on standard output, times in UTC; in development the same for people. */
export function loggerOptions({ LOG_LEVEL, production }: Config): FastifyServerOptions['logger'] {
  const level = { level: LOG_LEVEL }
  if (production || LOG_LEVEL === 'silent') return level
  const options = { ignore: 'pid,hostname,reqId', translateTime: 'HH:MM:ss', singleLine: true }
  return { ...level, transport: { target: 'pino-pretty', options } }
}

/**
 * What somebody else wrote, fit for a log: without addresses, and without words as long as a token, percent-encoded or not.
 * A client may put a link's token into a path, and a mail server repeats what it refuses. Control characters would be orders
 * to the terminal that shows the log, and those of direction (U+202E) would turn a line around: JSON escapes none from U+0080
 * on.
 */
export function withoutSecrets(text: string): string {
  // Word by word: a pattern of a whole address would begin anew at each character of a long word without an @.
  return text
    .replace(/[\w%-]{40,}/g, '…')
    .replace(/[^\s<>"]+/g, word => (/.(?:@|%40)./.test(word) ? '…' : word))
    .replace(/[\p{Cc}\p{Cf}]/gu, '?')
}
