import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judge, MAX_REISSUES, provesUse } from '../../../src/sessions/rules.ts'
import * as broken from './model/broken.ts'
import { FAULTS, type World } from './model/world.ts'
import { explore } from './model.ts'

// Both promises of ARCHITECTURE.md, "Sessions", over the very rules, explored to the end: every interleaving there is.
//
// GRACE is five ticks and what arrives takes one at most: less than a quarter. Two tabs are the least that
// shows what tabs do; the thief is every thief in one (model/thief.ts). For him a refresh is an exchange: to
// settle brings no new token, and ends GRACE after the issue (FAULTS.stuck). The member's second refresh is
// one that arrives GRACE after he kept the first, and after what was under way then.
const HONEST: World = { rules: { judge, provesUse }, grace: 5, delay: 1, parallel: 2 }
const WITH_THIEF: World = { ...HONEST, thief: true }
/** A crash may lose a write that is a tick old: four messages and a flush pass within GRACE. */
const WITH_CRASHES: World = { ...HONEST, grace: 6, unflushed: 1 }
/** A body client that makes one refresh at a time, and is given its token back when it settles. */
const ONE_BY_ONE: World = { ...HONEST, parallel: 1, echo: true }

describe('no honest client is logged out', () => {
  holds('with two requests under way, lost, late, repeated and reordered', HONEST)
  holds('with four requests under way', { ...HONEST, parallel: 4 })
  holds('when messages take up to two ticks of nine', { ...HONEST, grace: 9, delay: 2 })
  holds('when the browser dies before it wrote its cookies', WITH_CRASHES)
  holds('when the client keeps its token itself and refreshes one by one', { ...ONE_BY_ONE, ...crashes(WITH_CRASHES) })
})

describe('every rider is found, at the latest by his next refresh after the member’s second', () => {
  holds('with two requests of the member’s under way', WITH_THIEF)
  holds('when the member’s browser dies', { ...WITH_THIEF, ...crashes(WITH_CRASHES), parallel: 1 })
  holds('when the member keeps the token itself', { ...ONE_BY_ONE, thief: true })
  // It may be late or lost, as rule 6 says: without it the parent only lives longer.
  holds('without any mark of use', { ...WITH_THIEF, rules: broken.withoutUsed }, FAULTS.riding)
})

describe('rules that do not keep the promises are found out', () => {
  breaks('strict rotation logs out honest clients', { ...HONEST, rules: broken.strict }, FAULTS.loggedOut)
  breaks('a time window logs out who lost an answer', { ...HONEST, rules: broken.timeWindow }, FAULTS.loggedOut)
  breaks('a time window can be followed', { ...WITH_THIEF, rules: broken.timeWindow }, FAULTS.riding)
  breaks('passing the previous token can be followed', { ...WITH_THIEF, rules: broken.previousAlways }, FAULTS.riding)
  breaks('without settling, tabs fall two behind', { ...HONEST, rules: broken.withoutSettling }, FAULTS.loggedOut)
  breaks('settling for ever keeps a copy alive', { ...WITH_THIEF, rules: broken.settlingForEver }, FAULTS.stuck)
  breaks('without siblings, a lost answer logs out', { ...HONEST, rules: broken.withoutSiblings }, FAULTS.loggedOut)
  breaks(
    'without the parent’s tag, a thief rides on siblings',
    { ...WITH_THIEF, rules: broken.withoutParent },
    FAULTS.riding
  )
  breaks('without the mark, the parent outlives its use', { ...WITH_THIEF, rules: broken.withoutUsed }, FAULTS.dead)
  breaks('hasty marks log out parallel tabs', { ...HONEST, rules: broken.hastyMarks }, FAULTS.loggedOut)
})

// Each bound is tight: one tick more, and somebody honest is logged out. In the last a settling body client stores the
// token that it gets back, which is safe for one refresh at a time only: a late answer puts an older sibling back into
// the store, and the newer one, under way, is beaten by it.
describe('what the promise to honest clients does not cover', () => {
  breaks('when messages take a whole quarter of GRACE', { ...HONEST, grace: 4 }, FAULTS.loggedOut)
  breaks('when four messages and a flush take as long as GRACE', { ...WITH_CRASHES, grace: 5 }, FAULTS.loggedOut)
  breaks(
    'when a crash takes the cookie and leaves the access token',
    { ...WITH_CRASHES, accessSurvives: true },
    FAULTS.loggedOut
  )
  breaks(
    'when a generation is lost late more than twenty times',
    { ...HONEST, reissuesLeft: MAX_REISSUES },
    FAULTS.loggedOut
  )
  breaks('when parallel settling answers bring a token back', { ...HONEST, echo: true }, FAULTS.loggedOut)
})

function holds(name: string, world: World, only?: string): void {
  test(name, t => {
    const { states, revoked, fault, trace } = explore(world, only)
    t.diagnostic(`${name}: ${states} states, ${revoked} of them revoked`)
    assert.equal(fault, undefined, trace.join('\n'))
    assert.equal(revoked > 0, world.thief === true, 'sessions are revoked where there is a thief, and only there')
  })
}

function breaks(name: string, world: World, expected: string): void {
  test(name, t => {
    const { states, fault, trace } = explore(world, expected)
    t.diagnostic(`${name}: ${states} states, ${trace.length} steps: ${trace.join(' · ')}`)
    assert.equal(fault, expected)
  })
}

function crashes({ grace, unflushed }: World): Pick<World, 'grace' | 'unflushed'> {
  return { grace, unflushed }
}
