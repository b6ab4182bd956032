import { suite, test } from 'node:test'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { createClient, createMember, registration } from '../support/client.ts'
import { type Guest, open, signIn } from './support/guest.ts'
import { assertShape } from './support/shape.ts'
import { apply } from './support/sign-up.ts'
import { createStage } from './support/stage.ts'

// What each page that needs no session looks like. Both origins have the same pages, so one will do.

const stage = await createStage('one-origin')
const { fields, signUp, verify, undo, forgotten, reset, notFound } = en
const DEAD = 'A'.repeat(43) // a token that there is not

const { email } = await createMember(stage)
const anonymous = createClient(stage.server)
await anonymous.post('/register', registration('newcomer@example.com'))
const verifyToken = await stage.mail.secret('newcomer@example.com')
await anonymous.post('/forgot-password', { email })
const resetToken = await stage.mail.secret(email, /Reset/)

interface View {
  path: string
  opens: string
  /** What becomes of the page before it is looked at. */
  act?(guest: Guest): Promise<void>
}

const views: Record<string, View> = {
  welcome: { path: '/', opens: en.welcome.title },
  'sign-in': { path: '/account/sign-in', opens: en.signIn.title },
  'sign-in-refused': {
    path: '/account/sign-in',
    opens: en.signIn.title,
    async act(guest) {
      guest.expect('401 POST /accounts/authenticate')
      await signIn(guest, email, 'not the password')
      await guest.says(en.errors.invalid_credentials)
    }
  },
  'sign-up': { path: '/account/sign-up', opens: signUp.title },
  'sign-up-strength': {
    path: '/account/sign-up',
    opens: signUp.title,
    async act(guest) {
      await guest.fill({ [fields.password]: 'correct horse battery staple' })
      await guest.says(en.password.good)
    }
  },
  'sign-up-faults': {
    path: '/account/sign-up',
    opens: signUp.title,
    async act(guest) {
      await guest.press(signUp.submit)
      await guest.says(en.faults.terms)
    }
  },
  'check-mail': {
    path: '/account/sign-up',
    opens: signUp.title,
    async act(guest) {
      await apply(guest, 'somebody.with.a.rather.long.name@a-rather-long-host-name-of-somebody.example.com')
    }
  },
  terms: { path: '/account/terms', opens: en.terms.title },
  'verify-code': { path: '/account/verify-email', opens: verify.title },
  'verify-dead': {
    path: `/account/verify-email?token=${DEAD}`,
    opens: verify.title,
    async act(guest) {
      guest.expect('401 POST /accounts/verify-email')
      await guest.press(verify.submit)
      await guest.arrives(verify.dead)
    }
  },
  'verify-link': { path: `/account/verify-email?token=${verifyToken}`, opens: verify.title },
  'verify-done': {
    path: `/account/verify-email?token=${verifyToken}`,
    opens: verify.title,
    async act(guest) {
      await guest.press(verify.submit)
      await guest.arrives(verify.done)
    }
  },
  'undo-incomplete': { path: '/account/undo-email-change', opens: undo.incomplete },
  'undo-link': { path: `/account/undo-email-change?token=${DEAD}`, opens: undo.title },
  'undo-dead': {
    path: `/account/undo-email-change?token=${DEAD}`,
    opens: undo.title,
    async act(guest) {
      guest.expect('401 POST /accounts/undo-email-change')
      await guest.press(undo.submit)
      await guest.arrives(undo.dead)
    }
  },
  'forgot-password': { path: '/account/forgot-password', opens: forgotten.title },
  'reset-code': {
    path: '/account/forgot-password',
    opens: forgotten.title,
    async act(guest) {
      await guest.fill({ [fields.email]: 'nobody@example.com' })
      await guest.press(forgotten.submit)
      await guest.arrives(reset.title)
    }
  },
  'reset-code-alone': { path: '/account/reset-password', opens: reset.title },
  'reset-link': {
    path: `/account/reset-password?token=${resetToken}`,
    opens: reset.title,
    act: guest => guest.field(fields.newPassword).waitFor()
  },
  'reset-dead': {
    path: `/account/reset-password?token=${DEAD}`,
    opens: reset.dead,
    async act(guest) {
      guest.expect('401 POST /accounts/validate-reset-token')
    }
  },
  'reset-done': {
    path: `/account/reset-password?token=${resetToken}`,
    opens: reset.title,
    async act(guest) {
      await guest.fill({ [fields.newPassword]: 'staple battery horse' })
      await guest.press(reset.submit)
      await guest.arrives(reset.done)
    }
  },
  'not-found': { path: '/account/nowhere', opens: notFound.title }
}

suite('a page for visitors is accessible, in shape and light or dark:', () => {
  for (const [name, { path, opens, act }] of Object.entries(views)) {
    test(name, async t => {
      const guest = await open(stage, t, path)
      await guest.opens(opens)
      await act?.(guest)
      await assertShape(guest.page, name)
    })
  }

  test('unreachable', async t => {
    const guest = await open(stage, t)
    await guest.opens(en.welcome.title)
    guest.expect('failed POST /accounts/refresh-token')
    stage.faults.fate = what => (what.includes('/accounts') ? 'cut-before' : 'forward')
    await guest.page.reload()
    await guest.opens(en.unreachable)
    await assertShape(guest.page, 'unreachable')
  })
})

test('a page that is not found leads to the start', async t => {
  const guest = await open(stage, t, '/account/nowhere')
  await guest.opens(notFound.title)
  await guest.follow(notFound.back)
  await guest.arrives(en.welcome.title)
})
