import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, PASSWORD, registration } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { startProxy } from '../support/proxy.ts'
import type { Fate } from './support/faults.ts'
import { becomeMember, enter, open, signIn } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'
import type { Tab } from './support/tab.ts'

const { fields, signUp, checkMail, session, errors, tryAgain } = en
const REFRESH = 'POST /accounts/refresh-token'
const REGISTER = 'POST /accounts/register'
const LOGIN = 'POST /accounts/authenticate'
const MINUTE = 60_000 // ms
const TRIES = 20 // at one account in a minute

const PERSON = { [fields.title]: 'Ms', [fields.firstName]: 'Grace', [fields.lastName]: 'Hopper' }

async function fillIn(tab: Tab, email: string): Promise<void> {
  await tab.fill({ ...PERSON, [fields.email]: email, [fields.password]: PASSWORD })
  await tab.page.getByText(signUp.terms, { exact: true }).click()
}

async function assertKept(tab: Tab, typed: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(typed)) assert.equal(await tab.field(label).inputValue(), value)
}

for (const origins of ORIGINS) {
  const database = await createTestDatabase()
  const proxy = await startProxy()
  after(async () => {
    await proxy.stop()
    await database.destroy()
  })
  const config = { RATE_LIMIT: 'on', DATABASE_URL: proxy.url(database.name) }
  const stage = { ...(await createStage(origins, { config })), db: database.db, database }
  /** What becomes of what the pages ask the API; the pages themselves come. */
  const decree = (fate: Fate, wanted = / \/accounts/) => {
    stage.faults.fate = what => (wanted.test(what) ? fate : 'forward')
  }

  suite(`a server that cannot be reached, ${origins}`, () => {
    test('at the start is not the end of a session: the page says so, and goes on when it can', async t => {
      const guest = await enter(stage, t, await becomeMember(stage), '/account/activity')
      guest.expect(`failed ${REFRESH}`)
      await guest.says(en.activity.end)
      decree('cut-before')
      await guest.page.reload()
      await guest.opens(en.unreachable)
      await guest.says(en.network)
      const asked = guest.count(REFRESH)
      await guest.press(tryAgain)
      await eventually(() => guest.count(REFRESH) > asked)
      await guest.says(en.network)
      await stage.faults.heal()
      await guest.press(tryAgain)
      await guest.opens(en.activity.title)
      assert.equal(new URL(guest.page.url()).pathname, '/account/activity')
    })

    test('at the start is asked again by itself', async t => {
      const guest = await enter(stage, t, await becomeMember(stage))
      guest.expect(`failed ${REFRESH}`)
      await guest.arrives(en.overview.title('Ada'))
      decree('cut-before')
      await guest.context.clock.install()
      await guest.page.reload()
      await eventually(async () => {
        await guest.page.clock.runFor(500)
        return (await guest.page.getByText(en.network).count()) > 0
      })
      await stage.faults.heal()
      await guest.page.clock.runFor(10_000)
      await guest.says(en.overview.lead)
    })

    for (const fate of ['cut-before', 'cut-after', 'cut-in-answer'] as const) {
      test(`while one signs up (${fate}) keeps what was typed, and sends it again on demand`, async t => {
        const email = `${fate}-${origins}@example.com`
        const guest = await open(stage, t, '/account/sign-up')
        guest.expect(`failed ${REGISTER}`)
        await fillIn(guest, email)
        decree(fate)
        await guest.press(signUp.submit)
        await guest.says(en.network)
        await assertKept(guest, { ...PERSON, [fields.email]: email, [fields.password]: PASSWORD })
        await stage.faults.heal()
        await guest.press(tryAgain)
        await guest.arrives(checkMail.title)
        await stage.mail.next(email)
      })
    }

    test('leaves whoever signs out signed in, and says so', async t => {
      const guest = await enter(stage, t, await becomeMember(stage))
      guest.expect('failed POST /accounts/revoke-token')
      await guest.arrives(en.overview.title('Ada'))
      decree('cut-before')
      await guest.press(session.signOut)
      await guest.says(`${session.stillSignedIn} ${en.network}`)
      await stage.faults.heal()
      await guest.press(session.signOut)
      await guest.arrives(en.welcome.title)
    })

    test('leaves a list that could not be read to be asked for again', async t => {
      const guest = await enter(stage, t, await becomeMember(stage))
      guest.expect(/^failed GET \/accounts\/.*\/sessions/)
      await guest.context.clock.install()
      await guest.page.reload()
      decree('cut-before', /sessions$/)
      await guest.follow(en.navigation.sessions)
      await eventually(async () => {
        await guest.page.clock.runFor(1000)
        return (await guest.page.getByText(en.network).count()) > 0
      })
      await stage.faults.heal()
      await guest.press(tryAgain)
      await guest.says(en.sessions.current)
    })
  })

  suite(`a server that is not available, ${origins}`, () => {
    test('says so where the act was, until when, and loses nothing', async t => {
      const guest = await enter(stage, t, await becomeMember(stage), '/account/profile')
      guest.expect('503 PUT /accounts/')
      await guest.arrives(en.profile.title)
      await guest.fill(PERSON)
      await proxy.refuse()
      t.after(() => proxy.heal())
      const told = guest.says(/^You can try again in \d+ seconds?\.$/) // it is there for a second only
      await guest.press(en.profile.submit)
      await guest.says(errors.unavailable)
      await told
      await guest.says(/^Reference for support: \S+$/)
      await assertKept(guest, PERSON)
      await proxy.heal()
      await guest.press(tryAgain)
      await guest.says(en.profile.saved)
      await guest.says('Grace Hopper')
    })

    test('signs nobody out', async t => {
      const guest = await enter(stage, t, await becomeMember(stage))
      guest.expect(`503 ${REFRESH}`)
      await guest.arrives(en.overview.title('Ada'))
      await proxy.refuse()
      t.after(() => proxy.heal())
      await guest.page.reload()
      await guest.says(errors.unavailable)
      await proxy.heal()
      await guest.press(tryAgain)
      await guest.says(en.overview.lead)
    })
  })

  suite(`too many attempts, ${origins}`, () => {
    test('are refused for a while that is told, and then taken', async t => {
      const member = await becomeMember(stage)
      const stranger = createClient(stage.server)
      for (let n = 0; n < TRIES; n++) await stranger.logIn(member.email, `guess number ${n}`)
      const guest = await open(stage, t, '/account/sign-in')
      guest.expect(`429 ${LOGIN}`)
      await guest.context.clock.install()
      await guest.page.reload()
      await signIn(guest, member.email)
      await guest.says(errors.rate_limited)
      await guest.says(/^You can try again in \d+ seconds?\.$/)
      assert.equal(await guest.button(tryAgain).isDisabled(), true)
      await assertKept(guest, { [fields.email]: member.email, [fields.password]: member.password })
      stage.advance(MINUTE)
      await guest.page.clock.runFor(MINUTE)
      await guest.unsays(/^You can try again in/)
      await guest.press(tryAgain)
      await guest.arrives(en.overview.title('Ada'))
    })

    test('at a code are told as such', async t => {
      const email = `codes-${origins}@example.com`
      const stranger = createClient(stage.server)
      await stranger.post('/register', registration(email))
      await stage.mail.next(email)
      for (let n = 0; n < 30; n++)
        await stranger.post('/verify-email', { email: `nobody${n}@example.com`, code: '12345678' })
      const guest = await open(stage, t, '/account/verify-email')
      guest.expect('429 POST /accounts/verify-email')
      await guest.fill({ [fields.email]: email, [fields.code]: '12345678' })
      await guest.press(en.verify.submit)
      await guest.says(errors.rate_limited)
      await guest.says(/^You can try again in \d+ minutes\.$/)
      await assertKept(guest, { [fields.email]: email, [fields.code]: '12345678' })
    })
  })
}
