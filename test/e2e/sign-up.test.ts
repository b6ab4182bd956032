import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { PASSWORD } from '../support/client.ts'
import { accountRow } from '../support/rows.ts'
import { becomeMember, open, signIn } from './support/guest.ts'
import { apply, enterCode, fillIn } from './support/sign-up.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { signUp, checkMail, fields, faults, password, session } = en

let people = 0
const newAddress = () => `newcomer${++people}@example.com`

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  suite(`signing up, ${origins}`, () => {
    test('leads by the code from the mail to the account', async t => {
      const email = newAddress()
      const guest = await open(stage, t)
      await guest.opens(en.welcome.title)
      await guest.follow(session.signUp)
      await guest.arrives(signUp.title)
      await apply(guest, email)
      await guest.says(checkMail.sent)
      await guest.says(email)
      const code = await stage.mail.code(email)
      await enterCode(guest, `${code.slice(0, 4)} ${code.slice(4)}`)
      await guest.arrives(en.signIn.title)
      await guest.says(`${en.verify.done}. ${en.verify.doneSignIn}`)
      assert.equal(await guest.field(fields.email).inputValue(), email)
      await signIn(guest, email)
      await guest.arrives(en.overview.title('Grace'))
      await guest.says('Ms Grace Hopper')
    })

    test('shows how strong a password is, and what would make it better', async t => {
      const guest = await open(stage, t, '/account/sign-up')
      const meter = guest.page.getByRole('meter', { name: password.strength })
      assert.equal(await meter.getAttribute('aria-valuetext'), '–')
      for (const [typed, level, advice] of [
        ['password', 'Very weak', password.advice.topTen],
        ['qwertyuiop[]', 'Weak', password.advice.straightRow],
        ['correct horse battery staple', 'Strong', password.good]
      ] as const) {
        await guest.fill({ [fields.password]: typed })
        await guest.says(advice)
        assert.equal(await meter.getAttribute('aria-valuetext'), level, typed)
      }
      await guest.fill({ [fields.firstName]: 'Ameliaearhart', [fields.password]: 'ameliaearhart' })
      await guest.says(password.advice.userInputs)
    })

    // ASVS V6.2.6
    test('shows the password to who wants to see it', async t => {
      const guest = await open(stage, t, '/account/sign-up')
      await guest.fill({ [fields.password]: PASSWORD })
      const type = () => guest.field(fields.password).getAttribute('type')
      assert.equal(await type(), 'password')
      await guest.press(password.show)
      assert.equal(await type(), 'text')
    })

    test('opens the terms in a tab of their own', async t => {
      const guest = await open(stage, t, '/account/sign-up')
      const [terms] = await Promise.all([
        guest.context.waitForEvent('page'),
        guest.follow(`${signUp.readTerms} ${signUp.newTab}`)
      ])
      await terms.getByRole('heading', { level: 1, name: en.terms.title }).waitFor()
      assert.equal(new URL(terms.url()).pathname, '/account/terms')
    })

    test('says at each field what is missing, and goes to the first', async t => {
      const guest = await open(stage, t, '/account/sign-up')
      await guest.press(signUp.submit)
      const { title, firstName, lastName, email } = fields
      await guest.faults(
        Object.fromEntries([title, firstName, lastName, email, fields.password].map(name => [name, faults.required]))
      )
      await guest.says(faults.terms)
      assert.equal(await guest.field(title).evaluate(field => field === document.activeElement), true)
      await guest.fill({ [email]: 'ada@' })
      await guest.press(signUp.submit)
      await guest.faults({ [email]: faults.email })
      assert.equal(guest.count('POST /accounts/register'), 0)
    })

    test('says at the fields what the server finds, and keeps what was typed', async t => {
      const guest = await open(stage, t, '/account/sign-up')
      guest.expect('400 POST /accounts/register')
      const email = newAddress()
      await fillIn(guest, email)
      for (const [typed, fault] of [
        ['short', faults.tooShort(8)],
        ['password1', faults.commonPassword],
        ['grace-hopper', faults.personalPassword]
      ] as const) {
        await guest.fill({ [fields.password]: typed })
        await guest.press(signUp.submit)
        await guest.faults({ [fields.password]: fault })
        assert.equal(await guest.field(fields.password).evaluate(field => field === document.activeElement), true)
      }
      assert.equal(await guest.field(fields.email).inputValue(), email)
      await guest.fill({ [fields.password]: PASSWORD, [fields.firstName]: ' ' })
      await guest.press(signUp.submit)
      await guest.faults({ [fields.firstName]: faults.blank })
      await guest.fill({ [fields.firstName]: 'Grace' })
      await guest.press(signUp.submit)
      await guest.arrives(checkMail.title)
    })

    test('with an address that is taken looks the same, and the mail tells', async t => {
      const { email } = await becomeMember(stage)
      const before = await accountRow(stage, email)
      const guest = await open(stage, t, '/account/sign-up')
      await apply(guest, email)
      await guest.says(checkMail.sent)
      assert.match((await stage.mail.next(email)).subject, /^You already have an account$/)
      assert.deepEqual(await accountRow(stage, email), before)
    })
  })
}
