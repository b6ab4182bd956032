import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { open } from './support/guest.ts'
import { apply, enterCode } from './support/sign-up.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { signUp, checkMail, fields, faults } = en
const DAY = 24 * 60 * 60 * 1000 // VERIFY_TTL
const COOLDOWN = 60_000 // ms

let people = 0
const newAddress = () => `newcomer${++people}@example.com`

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  suite(`waiting for the mail, ${origins}`, () => {
    test('sends it again after a while, and the first code still works or the second does', async t => {
      const email = newAddress()
      const guest = await open(stage, t, '/account/sign-up')
      await guest.context.clock.install()
      await guest.page.reload()
      await apply(guest, email)
      const again = guest.page.getByRole('button', { name: /Send (the mail )?again/ })
      assert.match((await again.textContent()) ?? '', /Send again in (60|59) s/)
      assert.equal(await again.isDisabled(), true)
      await stage.mail.next(email)
      await guest.page.clock.runFor(COOLDOWN)
      await guest.press(checkMail.resend)
      await guest.says(checkMail.resent)
      await guest.says(/Send again in \d+ s/)
      await enterCode(guest, await stage.mail.code(email))
      await guest.arrives(en.signIn.title)
    })

    test('lets one sign up with another address, without typing the rest again', async t => {
      const [wrong, email] = [newAddress(), newAddress()]
      const guest = await open(stage, t, '/account/sign-up')
      await apply(guest, wrong)
      await guest.follow(checkMail.change)
      await guest.arrives(signUp.title)
      assert.equal(await guest.field(fields.lastName).inputValue(), 'Hopper')
      assert.equal(await guest.field(fields.email).inputValue(), wrong)
      await apply(guest, email)
      await guest.says(email)
      await stage.mail.next(email)
    })

    test('refuses a code that is wrong, and then takes the right one', async t => {
      const email = newAddress()
      const guest = await open(stage, t, '/account/sign-up')
      guest.expect('400 POST /accounts/verify-email')
      await apply(guest, email)
      const code = await stage.mail.code(email)
      await enterCode(guest, '1234')
      await guest.faults({ [fields.code]: faults.code })
      await enterCode(guest, code === '12345678' ? '87654321' : '12345678')
      await guest.faults({ [fields.code]: faults.wrongCode })
      await enterCode(guest, code)
      await guest.arrives(en.signIn.title)
    })

    test('refuses a code that has expired', async t => {
      const email = newAddress()
      const guest = await open(stage, t, '/account/sign-up')
      guest.expect('400 POST /accounts/verify-email')
      await apply(guest, email)
      const code = await stage.mail.code(email)
      stage.advance(DAY)
      await enterCode(guest, code)
      await guest.faults({ [fields.code]: faults.wrongCode })
    })
  })
}
