import { domainToASCII } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { MINUTE, SECOND } from '../../src/clock.ts'
import { LIMITS } from '../../src/limits/policy.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createMember } from '../../test/support/client.ts'
import { attacker, type Origin, tryLogIn } from '../../test/support/guesses.ts'
import type { Random } from '../../test/support/random.ts'
import { openRedis, withoutRedis } from '../../test/support/redis.ts'
import { present, signIn, tokenIn } from '../../test/support/sessions.ts'
import { type Finding, none, number, type Proof, type Run } from '../proof.ts'

const PROXY = '127.0.0.1'
const PHONE: Origin = { from: PROXY, forwarded: '198.51.100.7', agent: 'Phone' }
const AT_ONCE = 50 // more would be refused as busy before they are compared
const OF_ACCOUNT = LIMITS['account-minute'].most
const OF_ADDRESS = LIMITS.logins.most

// ASVS V2.4.1
export const limiterSpellings: Proof = {
  name: 'limiter-spellings',
  promise: 'However an account or an address is spelt, it has one budget, in every store; its members go on meanwhile.',
  async run(run) {
    const app = run.scope.use(await openTestApp({ RATE_LIMIT: 'on', TRUST_PROXY: PROXY }))
    const stores: [string, FastifyInstance][] = [
      ['memory', app.server],
      ['MySQL', await app.another({ NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com' })]
    ]
    if (!withoutRedis) stores.push(['Redis', await app.another({ REDIS_URL: run.scope.use(await openRedis()).url })])
    const findings: Finding[] = []
    for (const [done, [store, server]] of stores.entries()) {
      const steps = [ofAccounts, ofAddresses, ofHeaders, ofMembers]
      for (const [step, tried] of steps.entries()) {
        findings.push(...(await tried(run, app, server, store)))
        run.progress(done * steps.length + step + 1, stores.length * steps.length)
      }
    }
    return findings
  }
}

type Guess = [email: string, where: Origin]

/** One password for each, so many at once. @returns how often each status was the answer */
async function guessAll(server: FastifyInstance, guesses: readonly Guess[]): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (let begun = 0; begun < guesses.length; begun += AT_ONCE) {
    const answers = guesses
      .slice(begun, begun + AT_ONCE)
      .map(([email, where]) => tryLogIn(server, email, 'guessed wrong', where))
    for (const { status } of await Promise.all(answers)) counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return counts
}

/** Of `guesses` that share one budget exactly that many may be compared; what a busy machine answers 503 was not. */
function beyond(what: string, budget: number, guesses: number, counts: ReadonlyMap<number, number>): string[] {
  const [compared = 0, refused = 0, busy = 0] = [401, 429, 503].map(status => counts.get(status) ?? 0)
  const words = `${what}: ${compared} compared, ${refused} refused, ${busy} too busy, of ${guesses}; the budget is ${budget}`
  return compared > budget || compared + busy < budget || compared + refused + busy !== guesses ? [words] : []
}

/** One account, each time spelt anew and from another network; and, for comparison, as many accounts. */
async function ofAccounts(run: Run, app: TestApp, server: FastifyInstance, store: string): Promise<Finding[]> {
  const [rounds, guesses] = [run.rounds(3, 40), 3 * OF_ACCOUNT]
  const wrong: string[] = []
  const others: string[] = []
  for (let round = 0; round < rounds; round++) {
    app.advance(MINUTE + SECOND) // another window of what is counted for all
    const [local, domain] = [`victim${round}`, `bücher-${store.toLowerCase()}.example`]
    const spelt = Array.from({ length: guesses }, (_, n): Guess => [spell(run.random, local, domain), attacker(n)])
    wrong.push(...beyond(`${local}@${domain}`, OF_ACCOUNT, guesses, await guessAll(server, spelt)))
    const different = spelt.map(([, where], n): Guess => [`other${round}-${n}@${domain}`, where])
    others.push(...beyond('different accounts', guesses, guesses, await guessAll(server, different)))
  }
  return [
    none(
      `${store}: accounts whose spellings gave a try more or less`,
      'none',
      rounds,
      wrong,
      ` × ${guesses} spellings`
    ),
    none(`${store}: as many different accounts, refused`, 'none', rounds * guesses, others)
  ]
}

/** One subscriber, each time spelt anew and at another account, behind a proxy of ours. */
async function ofAddresses(run: Run, app: TestApp, server: FastifyInstance, store: string): Promise<Finding[]> {
  const [rounds, guesses] = [run.rounds(1, 10), OF_ADDRESS + AT_ONCE]
  const wrong: string[] = []
  for (const version of [4, 6]) {
    for (let round = 0; round < rounds; round++) {
      app.advance(MINUTE + SECOND)
      const network = version === 4 ? `203.0.113.${round}` : `2001:db8:${version}:${(0xab00 + round).toString(16)}`
      const spellAddress = version === 4 ? spellIPv4 : spellIPv6
      const spelt = Array.from({ length: guesses }, (_, n): Guess => {
        const forwarded = spellAddress(run.random, network)
        return [`by-address${version}-${round}-${n}@${store}.example`, { from: PROXY, forwarded, agent: `${n}` }]
      })
      wrong.push(...beyond(network, OF_ADDRESS, guesses, await guessAll(server, spelt)))
    }
  }
  const note = ` × ${guesses} spellings`
  return [none(`${store}: addresses whose spellings gave a try more or less`, 'none', 2 * rounds, wrong, note)]
}

/** One subscriber, who is no proxy of ours, and says that he forwards for others. */
async function ofHeaders(run: Run, app: TestApp, server: FastifyInstance, store: string): Promise<Finding[]> {
  app.advance(MINUTE + SECOND)
  const guesses = OF_ADDRESS + AT_ONCE
  const forged = Array.from({ length: guesses }, (_, n): Guess => {
    const forwarded = run.random.pick([`192.0.2.${n}`, `2001:db8:${n}::1`, `10.0.0.${n}, ${PROXY}`, `<${n}>`, `,${n}`])
    return [`by-header-${n}@${store}.example`, { ...attacker(90_000), forwarded }]
  })
  const wrong = beyond('X-Forwarded-For of a stranger', OF_ADDRESS, guesses, await guessAll(server, forged))
  return [none(`${store}: forged X-Forwarded-For that gave a try more or less`, 'none', guesses, wrong)]
}

/** A member under attack: sessions and known devices go on, and give the attacker nothing back. */
async function ofMembers(run: Run, app: TestApp, server: FastifyInstance, store: string): Promise<Finding[]> {
  const rounds = run.rounds(2, 20)
  const kept: string[] = []
  const reset: string[] = []
  for (let round = 0; round < rounds; round++) {
    app.advance(MINUTE + SECOND)
    const email = `member${round}@${store.toLowerCase()}.example`
    await createMember({ ...app, server }, { email, login: false })
    await tryLogIn(server, email, undefined, PHONE)
    let { refreshToken } = await signIn({ server }, email)
    await guessAll(
      server,
      Array.from({ length: OF_ACCOUNT }, (_, n): Guess => [email, attacker(n)])
    )
    for (let use = 0; use < 5; use++) {
      app.advance(2 * SECOND)
      const refreshed = await present({ server }, refreshToken)
      refreshToken = tokenIn(refreshed) ?? refreshToken
      const login = await tryLogIn(server, email, undefined, PHONE)
      if (refreshed.status !== 200) kept.push(`a refresh was answered ${refreshed.status}`)
      if (login.status !== 200) kept.push(`a login on a known device was answered ${login.status}`)
      const { status } = await tryLogIn(server, email, 'guessed wrong', attacker(1000 + use))
      if (status !== 429) reset.push(`a guess after it was answered ${status}`)
    }
  }
  return [
    none(`${store}: refreshes and logins of a member under attack, refused`, 'none', rounds * 10, kept),
    none(`${store}: guesses let through after them`, 'none', rounds * 5, reset)
  ]
}

/** Case, tags, and what IDNA makes one domain. */
function spell(random: Random, local: string, domain: string): string {
  const tag = random.chance(0.5) ? `+${random.pick(['', 'a', 'News', 'a+b', `${number(random.below(1e6))}`])}` : ''
  const host = random.pick([domain, domainToASCII(domain), domain.normalize('NFD'), domain.replaceAll('e', 'ｅ')])
  return `${letterByLetter(random, local + tag.replaceAll(',', '.'))}@${letterByLetter(random, host)}`
}

const letterByLetter = (random: Random, text: string) =>
  text.replace(/\p{Ll}/gu, letter => (random.chance(0.5) ? letter.toUpperCase() : letter))

/** As itself, or mapped into IPv6, in the ways of RFC 4291 §2.2. */
function spellIPv4(random: Random, address: string): string {
  const bytes = address.split('.').map(Number)
  const hex = Buffer.from(bytes).toString('hex')
  const mapped = random.pick([address, `${hex.slice(0, 4)}:${hex.slice(4)}`])
  return random.pick([address, `::ffff:${mapped}`, `::FFFF:${mapped}`, `0:0:0:0:0:ffff:${mapped}`])
}

/** Any host of a /64, with zeros and case as they come. */
function spellIPv6(random: Random, network: string): string {
  const host = Array.from({ length: 4 }, () => random.below(0x10000).toString(16))
  const groups = [...network.split(':'), ...host].map(group => (random.chance(0.5) ? group.padStart(4, '0') : group))
  const text = random.pick([groups.join(':'), `${network}::${random.pick(host)}`])
  return random.chance(0.5) ? text.toUpperCase() : text
}
