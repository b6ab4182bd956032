import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { en as admin } from '../../examples/react-spa/src/texts/en-admin.ts'
import { PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import type { Fate } from './support/faults.ts'
import { becomeMember, enter, open } from './support/guest.ts'
import { fillIn, GRACE } from './support/sign-up.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { fields, signUp, checkMail, session, tryAgain } = en
const REFRESH = 'POST /accounts/refresh-token'
const REGISTER = 'POST /accounts/register'

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
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
        await guest.keeps({ ...GRACE, [fields.email]: email, [fields.password]: PASSWORD })
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

    test('when more of the client is needed is told by a page of its own, which helps', async t => {
      const guest = await enter(stage, t, await becomeMember(stage, 'Admin'))
      guest.expect(/^failed GET \/assets\/.*\.js/)
      guest.expect(/^page error: .*dynamically imported module/)
      await guest.context.route(/\/assets\/routes-.*\.js$/, route => route.abort('connectionreset'))
      await guest.follow(en.navigation.members)
      await guest.arrives(en.broken.title)
      await guest.context.unrouteAll()
      await guest.press(en.broken.reload)
      await guest.opens(admin.members.title)
    })
  })
}
