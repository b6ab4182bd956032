import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Proof } from './proof.ts'

export interface Options {
  quick: boolean
  list: boolean
  seed: number
  path: string | undefined
  proofs: readonly Proof[]
}

export const USAGE = `npm run verify [-- options]: tries every promise of the security model at scale

  --quick             a small run of each, for every change; without it the full run, for a release
  --only name[,name]  these proofs only
  --seed number       the numbers of an earlier run
  --path path         with --seed: the one case of hostile-requests that broke a promise
  --list              what there is`

/** @throws TypeError for people */
export function readOptions(args: string[], all: readonly Proof[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      seed: { type: 'string' },
      path: { type: 'string' }
    }
  })
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
  if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 31)
    throw new TypeError('--seed takes a number below 2^31')
  const names = values.only?.flatMap(text => text.split(',')) ?? all.map(({ name }) => name)
  const proofs = names.map(wanted => {
    const found = all.find(({ name }) => name === wanted)
    if (!found)
      throw new TypeError(`there is no proof "${wanted}"; there are: ${all.map(({ name }) => name).join(', ')}`)
    return found
  })
  return { quick: values.quick, list: values.list, seed, path: values.path, proofs }
}
