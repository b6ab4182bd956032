import type { Proof } from '../proof.ts'
import { refreshRaces } from './refresh-races.ts'

/** In the order in which they run. */
export const PROOFS: readonly Proof[] = [refreshRaces]
