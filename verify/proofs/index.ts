import type { Proof } from '../proof.ts'
import { adminRaces } from './admin-races.ts'
import { refreshRaces } from './refresh-races.ts'
import { singleUseRaces } from './single-use-races.ts'

/** In the order in which they run. */
export const PROOFS: readonly Proof[] = [refreshRaces, singleUseRaces, adminRaces]
