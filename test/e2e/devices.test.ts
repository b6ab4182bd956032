import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'
import { becomeMember, enter } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { sessions, activity, events } = en
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const PAGE = 30 // events

for (const origins of ORIGINS) {
  const stage = await createStage(origins)
  const on = (userAgent: string) => ({ headers: { 'user-agent': userAgent } })

  async function signInOn(email: string, userAgent: string) {
    const client = createClient(stage.server)
    await client.post('/authenticate', { email, password: PASSWORD }, on(userAgent))
    return client
  }

  suite(`devices, ${origins}`, () => {
    test('are shown by name, this one first, and are signed out one by one', async t => {
      const { email } = await becomeMember(stage)
      const [phone, laptop] = [await signInOn(email, IPHONE), await signInOn(email, FIREFOX)]
      const guest = await enter(stage, t, { email, password: PASSWORD }, '/account/sessions')
      await guest.arrives(sessions.title)
      const devices = guest.page.getByRole('list', { name: sessions.list }).getByRole('listitem')
      await guest.says('Firefox on Windows')
      const names = await devices.getByRole('heading').allTextContents()
      assert.equal(names.length, 4)
      assert.match(names[0] ?? '', /^Chrome on Linux.*This device$/)
      assert(names.includes('Safari on iPhone') && names.includes('Firefox on Windows'))
      assert.equal(await devices.first().getByRole('button').count(), 0)
      await guest.press(sessions.endOf('Safari on iPhone'))
      await guest.says(sessions.ended('Safari on iPhone'))
      await devices.nth(3).waitFor({ state: 'hidden' })
      assert.deepEqual([(await phone.refresh()).status, (await laptop.refresh()).status], [401, 200])
    })

    test('are signed out all at once but this one, after a question', async t => {
      const { email } = await becomeMember(stage)
      const laptop = await signInOn(email, FIREFOX)
      const guest = await enter(stage, t, { email, password: PASSWORD }, '/account/sessions')
      await guest.press(sessions.endOthers)
      const question = guest.dialog(sessions.endOthersTitle)
      await question.press(en.cancel)
      await question.closes()
      assert.equal((await laptop.refresh()).status, 200)
      await guest.press(sessions.endOthers)
      await question.press(sessions.endOthers)
      await guest.says(sessions.othersEnded)
      await guest.says(sessions.only)
      assert.equal((await laptop.refresh()).status, 401)
      await guest.page.reload()
      await guest.opens(sessions.title)
    })

    test('that have ended meanwhile vanish without a complaint', async t => {
      const { email } = await becomeMember(stage)
      const laptop = await signInOn(email, FIREFOX)
      const guest = await enter(stage, t, { email, password: PASSWORD }, '/account/sessions')
      guest.expect('404 DELETE /accounts/')
      await guest.button(sessions.endOf('Firefox on Windows')).waitFor()
      await laptop.post('/revoke-token')
      await guest.press(sessions.endOf('Firefox on Windows'))
      await guest.says(sessions.ended('Firefox on Windows'))
      await guest.button(sessions.endOf('Firefox on Windows')).waitFor({ state: 'hidden' })
      assert.equal(await guest.page.getByRole('alert').count(), 0)
    })
  })

  suite(`activity, ${origins}`, () => {
    test("shows the member's own events, and marks what somebody else may have tried", async t => {
      const [member, stranger] = [await becomeMember(stage), await createMember(stage)]
      await stranger.put(`/${stranger.id}`, { firstName: 'Eve' })
      await createClient(stage.server).post('/authenticate', { email: member.email, password: 'a guess' }, on(FIREFOX))
      const guest = await enter(stage, t, member, '/account/activity')
      await guest.arrives(activity.title)
      const items = guest.page.getByRole('main').getByRole('listitem')
      await items.first().waitFor()
      const [newest, guess] = await items.allInnerTexts()
      assert.match(newest ?? '', new RegExp(`${events.login_succeeded}[^]*Chrome on Linux`))
      assert.match(guess ?? '', new RegExp(`${events.login_failed}[^]*${activity.attention}[^]*Firefox on Windows`))
      await guest.says(events.registration_started)
      await guest.says(events.email_verified)
      await guest.says(activity.end)
      assert.equal(await guest.page.getByText('Eve').count(), 0)
      await guest.follow(en.overview.changePassword)
      await guest.arrives(en.changePassword.title)
    })

    test('loads older events when asked, to the end', async t => {
      const member = await createMember(stage)
      for (let n = 1; n <= PAGE; n++) await member.put(`/${member.id}`, { firstName: `Ada ${n}` })
      const guest = await enter(stage, t, { email: member.email, password: PASSWORD }, '/account/activity')
      const items = guest.page.getByRole('main').getByRole('listitem')
      await guest.button(en.more).waitFor()
      assert.equal(await items.count(), PAGE)
      await guest.says(activity.change(en.fields.firstName, 'Ada 29', 'Ada 30'))
      await guest.press(en.more)
      await guest.says(activity.end)
      const texts = await items.allInnerTexts()
      assert.equal(texts.length, PAGE + 4)
      assert.match(texts.at(-1) ?? '', new RegExp(events.registration_started))
      assert.equal(await guest.button(en.more).count(), 0)
    })
  })
}
