import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, registration } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { startProxy } from '../support/proxy.ts'
import { becomeMember, enter, open, signIn } from './support/guest.ts'
import { GRACE } from './support/sign-up.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { fields, errors, tryAgain } = en
const MINUTE = 60_000 // ms
const TRIES = 20 // at one account in a minute

for (const origins of ORIGINS) {
  const database = await createTestDatabase()
  const proxy = await startProxy()
  after(async () => {
    await proxy.stop()
    await database.destroy()
  })
  const config = { RATE_LIMIT: 'on', DATABASE_URL: proxy.url(database.name) }
  const stage = { ...(await createStage(origins, { config })), db: database.db, database }

  suite(`a server that is not available, ${origins}`, () => {
    test('says so where the act was, until when, and loses nothing', async t => {
      const guest = await enter(stage, t, await becomeMember(stage), '/account/profile')
      guest.expect('503 PUT /accounts/')
      await guest.arrives(en.profile.title)
      await guest.fill(GRACE)
      await proxy.refuse()
      t.after(() => proxy.heal())
      const told = guest.says(/^You can try again in \d+ seconds?\.$/) // it is there for a second only
      await guest.press(en.profile.submit)
      await guest.says(errors.unavailable)
      await told
      await guest.says(/^Reference for support: \S+$/)
      await guest.keeps(GRACE)
      await proxy.heal()
      await guest.press(tryAgain)
      await guest.says(en.profile.saved)
      await guest.says('Grace Hopper')
    })

    test('signs nobody out', async t => {
      const guest = await enter(stage, t, await becomeMember(stage))
      guest.expect('503 POST /accounts/refresh-token')
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
      guest.expect('429 POST /accounts/authenticate')
      await guest.context.clock.install()
      await guest.page.reload()
      await signIn(guest, member.email)
      await guest.says(errors.rate_limited)
      await guest.says(/^You can try again in \d+ seconds?\.$/)
      assert.equal(await guest.button(tryAgain).isDisabled(), true)
      await guest.keeps({ [fields.email]: member.email, [fields.password]: member.password })
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
      await guest.keeps({ [fields.email]: email, [fields.code]: '12345678' })
    })
  })
}
