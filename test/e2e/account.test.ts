import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { becomeMember, enter, NOBODY, signIn } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { profile, changePassword, deletion, reauthentication, password, fields, faults } = en
const LATER = 6 * 60 * 1000 // ms: past REAUTH_WINDOW
const NEW_PASSWORD = 'staple battery horse'

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  test(`the profile is changed, and shown everywhere at once, ${origins}`, async t => {
    const guest = await enter(stage, t, await becomeMember(stage), '/account/profile')
    guest.expect('400 PUT /accounts/')
    await guest.arrives(profile.title)
    const other = await guest.another('/')
    await other.opens(en.overview.title('Ada'))
    await guest.fill({ [fields.title]: 'Dr', [fields.firstName]: 'Augusta', [fields.lastName]: ' ' })
    await guest.press(profile.submit)
    await guest.faults({ [fields.lastName]: faults.blank })
    await guest.fill({ [fields.lastName]: 'King' })
    await guest.press(profile.submit)
    await guest.says(profile.saved)
    await guest.says('Augusta King')
    await guest.press(en.dismiss)
    await guest.unsays(profile.saved)
    await guest.page.reload()
    await guest.opens(profile.title)
    assert.equal(await guest.field(fields.firstName).inputValue(), 'Augusta')
  })

  test(`a new password asks for the present one when it was entered long ago, and ends the other sessions, ${origins}`, async t => {
    const member = await becomeMember(stage)
    const other = await enter(stage, t, member)
    other.expect('401 GET /accounts/')
    other.expect(NOBODY)
    const guest = await enter(stage, t, member, '/account/password')
    guest.expect('409 PUT /accounts/')
    guest.expect('400 PUT /accounts/')
    await guest.arrives(changePassword.title)
    stage.advance(LATER)
    await guest.fill({ [fields.newPassword]: 'ada-lovelace' })
    await guest.press(changePassword.submit)
    const question = guest.dialog(reauthentication.title)
    await question.fill({ [fields.currentPassword]: member.password })
    await question.press(reauthentication.confirm)
    await guest.faults({ [fields.newPassword]: faults.personalPassword })
    assert.equal(await guest.page.getByRole('meter').getAttribute('aria-valuetext'), password.levels[0])
    await guest.fill({ [fields.newPassword]: NEW_PASSWORD })
    await guest.press(changePassword.submit)
    await question.fill({ [fields.currentPassword]: member.password })
    await question.press(reauthentication.confirm)
    await guest.says(changePassword.changed)
    assert.equal(await guest.field(fields.newPassword).inputValue(), '')
    assert.equal((await stage.mail.next(member.email, /password/)).subject, 'Your password was changed')
    await other.follow(en.navigation.sessions)
    await other.arrives(en.signIn.title)
    await other.says(en.errors.session_revoked)
    await signIn(other, member.email, NEW_PASSWORD)
    await other.arrives(en.sessions.title)
    await guest.follow(en.navigation.sessions)
    await guest.arrives(en.sessions.title)
  })

  test(`an account is deleted by who knows its address and password, in every tab, ${origins}`, async t => {
    const member = await becomeMember(stage)
    const guest = await enter(stage, t, member, '/account/delete')
    guest.expect('400 DELETE /accounts/')
    guest.expect('401 POST /accounts/authenticate')
    await guest.arrives(deletion.title)
    const other = await guest.another('/account/profile')
    await other.opens(profile.title)
    const confirmation = deletion.confirmation(member.email)
    await guest.fill({ [confirmation]: 'yes', [fields.currentPassword]: 'not the password' })
    await guest.press(deletion.submit)
    await guest.faults({ [confirmation]: faults.confirmation })
    await guest.fill({ [confirmation]: member.email })
    await guest.press(deletion.submit)
    await guest.faults({ [fields.currentPassword]: faults.currentPassword })
    await guest.fill({ [fields.currentPassword]: member.password })
    await guest.press(deletion.submit)
    await guest.arrives(en.welcome.title)
    await guest.says(en.session.deleted)
    await other.arrives(en.welcome.title)
    await guest.page.getByRole('main').getByRole('link', { name: en.session.signIn }).click()
    await signIn(guest, member.email)
    await guest.says(en.errors.invalid_credentials)
  })
}
