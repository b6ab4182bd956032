import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, PASSWORD, registration } from '../support/client.ts'
import { becomeMember, enter, NOBODY, open, signIn } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { session, fields, errors, navigation } = en
const LOGIN = 'POST /accounts/authenticate'
const DAY = 24 * 60 * 60 * 1000

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const pathOf = (url: string) => {
    const { origin, pathname } = new URL(url)
    assert.equal(origin, stage.pages)
    return pathname
  }

  suite(`signing in, ${origins}`, () => {
    test('with a wrong password says so, keeps the address, and then works', async t => {
      const { email } = await becomeMember(stage)
      const guest = await open(stage, t, '/account/sign-in')
      guest.expect(`401 ${LOGIN}`)
      await guest.opens(en.signIn.title)
      await signIn(guest, email, 'not the password')
      await guest.says(errors.invalid_credentials)
      assert.equal(await guest.field(fields.email).inputValue(), email)
      await guest.fill({ [fields.password]: PASSWORD })
      await guest.press(session.signIn)
      await guest.arrives(en.overview.title('Ada'))
      await guest.page.reload()
      await guest.opens(en.overview.title('Ada'))
    })

    test('says the same of an address that nobody has', async t => {
      const guest = await open(stage, t, '/account/sign-in')
      guest.expect(`401 ${LOGIN}`)
      await signIn(guest, 'nobody@example.com')
      await guest.says(errors.invalid_credentials)
    })

    test('before the address is confirmed leads to the mail, and to the account', async t => {
      const email = `early-${origins}@example.com`
      await createClient(stage.server).post('/register', registration(email))
      const guest = await open(stage, t, '/account/sign-in')
      guest.expect(`403 ${LOGIN}`)
      await signIn(guest, email)
      await guest.arrives(en.checkMail.title)
      await guest.says(en.checkMail.unverified)
      await stage.mail.next(email)
      await guest.press(en.checkMail.resend)
      await guest.says(en.checkMail.resent)
      await guest.fill({ [fields.code]: await stage.mail.code(email) })
      await guest.press(en.checkMail.submit)
      await guest.arrives(en.signIn.title)
      await guest.fill({ [fields.password]: PASSWORD })
      await guest.press(session.signIn)
      await guest.arrives(en.overview.title('Ada'))
    })

    test('returns to the page that one came for', async t => {
      const { email } = await becomeMember(stage)
      const guest = await open(stage, t, '/account/activity')
      await guest.opens(en.signIn.title)
      await signIn(guest, email)
      await guest.arrives(en.activity.title)
      assert.equal(pathOf(guest.page.url()), '/account/activity')
    })

    test('never leads to another site, whatever the link says', async t => {
      const member = await becomeMember(stage)
      const guest = await open(stage, t, `/account/sign-in?${new URLSearchParams({ next: '//evil.example/' })}`)
      await signIn(guest, member.email)
      await guest.arrives(en.overview.title('Ada'))
      // Who is signed in already is led on at once.
      for (const next of [
        'https://evil.example/',
        '/\\evil.example',
        '/%2F/evil.example',
        '/.//evil.example',
        'javascript:alert(1)'
      ]) {
        await guest.page.goto(`/account/sign-in?${new URLSearchParams({ next })}`)
        await guest.button(session.signOut).waitFor()
        await guest.page.waitForURL(url => url.pathname !== '/account/sign-in')
        pathOf(guest.page.url())
      }
      await guest.page.goto(`/account/sign-in?${new URLSearchParams({ next: `blob:${stage.pages}//evil.example` })}`)
      await guest.opens(en.overview.title('Ada'))
      assert.equal(pathOf(guest.page.url()), '/')
    })
  })

  suite(`the end of a session, ${origins}`, () => {
    // ASVS V14.3.1
    test('on purpose is seen in every tab, and asks nobody to sign in again', async t => {
      const guest = await enter(stage, t, await becomeMember(stage), '/account/profile')
      const others = [await guest.another('/account/sessions'), await guest.another('/')] as const
      await others[0].says(en.sessions.current)
      await others[1].opens(en.overview.title('Ada'))
      assert.match(await guest.page.content(), /Lovelace/)
      await guest.press(session.signOut)
      for (const tab of [guest, ...others]) {
        await tab.arrives(en.welcome.title)
        await tab.says(session.signedOut)
        assert.doesNotMatch(await tab.page.content(), /Ada|Lovelace/, 'nothing of the member is left in the page')
      }
      guest.expect(NOBODY)
      await guest.page.reload()
      await guest.opens(en.welcome.title)
      await guest.page.goto('/account/profile')
      await guest.opens(en.signIn.title)
    })

    test('brought about elsewhere is told in every tab with its reason, and the way back is kept', async t => {
      const member = await becomeMember(stage)
      const guest = await enter(stage, t, member)
      guest.expect('401 GET /accounts/')
      guest.expect(NOBODY)
      const other = await guest.another('/account/profile')
      await other.opens(en.profile.title)
      const elsewhere = createClient(stage.server)
      await elsewhere.logIn(member.email)
      await elsewhere.delete(`/${member.id}/sessions?except=current`)
      await guest.follow(navigation.sessions)
      for (const tab of [guest, other]) {
        await tab.arrives(en.signIn.title)
        await tab.says(errors.session_revoked)
      }
      await signIn(guest, member.email)
      await guest.arrives(en.sessions.title)
      await other.arrives(en.profile.title)
    })

    test('by age is told as such', async t => {
      const member = await becomeMember(stage)
      const guest = await enter(stage, t, member)
      guest.expect('401 GET /accounts/')
      guest.expect(NOBODY)
      stage.advance(8 * DAY)
      await guest.follow(navigation.activity)
      await guest.arrives(en.signIn.title)
      await guest.says(errors.session_expired)
      await signIn(guest, member.email)
      await guest.arrives(en.activity.title)
    })
  })
}
