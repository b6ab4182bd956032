// Loaded when somebody begins to type a new password: the word lists are larger than all the rest.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import type { Advice } from './strength.ts'

const LONGEST = 64 // characters that are looked at: the work grows faster than the length

export interface Estimate {
  score: 0 | 1 | 2 | 3 | 4
  advice: Advice | undefined
}

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: LONGEST })

/** @param personal what an attacker knows about the member, and tries first */
export function of(password: string, personal: readonly string[]): Estimate {
  const { score, feedback } = zxcvbn.check(password.slice(0, LONGEST), [...personal])
  return { score, advice: adviceOf(feedback.warning ?? (score < 3 ? 'more' : null)) }
}

const KNOWN: Readonly<Record<Advice, true>> = {
  straightRow: true,
  keyPattern: true,
  simpleRepeat: true,
  extendedRepeat: true,
  sequences: true,
  recentYears: true,
  dates: true,
  topTen: true,
  topHundred: true,
  common: true,
  similarToCommon: true,
  wordByItself: true,
  namesByThemselves: true,
  commonNames: true,
  userInputs: true,
  pwned: true,
  more: true
}

function isAdvice(key: string): key is Advice {
  return Object.hasOwn(KNOWN, key)
}

function adviceOf(warning: string | null): Advice | undefined {
  if (warning === null) return undefined
  return isAdvice(warning) ? warning : 'more'
}
