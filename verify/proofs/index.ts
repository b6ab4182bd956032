import type { Proof } from '../proof.ts'
import { adminRaces } from './admin-races.ts'
import { bulkhead } from './bulkhead.ts'
import { canaries } from './canaries.ts'
import { clocks } from './clocks.ts'
import { databaseFaults } from './database-faults.ts'
import { enumeration } from './enumeration.ts'
import { forgedTokens } from './forged-tokens.ts'
import { hostileRequests } from './hostile-requests.ts'
import { limiterSpellings } from './limiter-spellings.ts'
import { lostAnswers } from './lost-answers.ts'
import { refreshRaces } from './refresh-races.ts'
import { singleUseRaces } from './single-use-races.ts'
import { stolenTokens } from './stolen-tokens.ts'

/** In the order in which they run. */
export const PROOFS: readonly Proof[] = [
  refreshRaces,
  singleUseRaces,
  adminRaces,
  lostAnswers,
  stolenTokens,
  forgedTokens,
  hostileRequests,
  canaries,
  limiterSpellings,
  databaseFaults,
  bulkhead,
  enumeration,
  clocks
]
