import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { PASSWORD } from '../support/client.ts'
import { becomeMember, type Guest, open } from './support/guest.ts'
import { createStage, ORIGINS } from './support/stage.ts'

const { signUp, checkMail, session, fields } = en
const STOPS = 30 // of the Tab key on one page, at most

const hasFocus = (target: Locator) => target.evaluate(element => element === document.activeElement)

/** Goes on with the Tab key until it is there; what has the focus must show it. */
async function tabTo(page: Guest['page'], target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press('Tab')
    assert.equal(await showsFocus(page), true, `the focus is seen at ${await page.locator(':focus').innerHTML()}`)
    if (await hasFocus(target)) return
  }
  assert.fail(`the Tab key does not lead to ${target}`)
}

/** An outline or a shadow, of the element or of what is drawn in its place. */
async function showsFocus(page: Guest['page']): Promise<boolean> {
  return await page.evaluate(() => {
    for (let element = document.activeElement; element && element !== document.body; element = element.parentElement) {
      for (const drawn of [element, ...(element.parentElement?.querySelectorAll(':scope > span') ?? [])]) {
        const { outlineStyle, boxShadow } = getComputedStyle(drawn)
        if (outlineStyle !== 'none' || boxShadow !== 'none') return true
      }
      if (element.matches('label, .field')) break
    }
    return document.activeElement === document.body // the browser's own bar is next
  })
}

for (const origins of ORIGINS) {
  const stage = await createStage(origins)

  suite(`by keyboard alone, ${origins}`, () => {
    test('one signs up, confirms the address, signs in and signs out', async t => {
      const email = `keys-${origins}@example.com`
      const guest = await open(stage, t)
      const { page } = guest
      const { keyboard } = page
      await guest.opens(en.welcome.title)
      const main = page.getByRole('main')
      await tabTo(page, main.getByRole('link', { name: session.signUp }))
      await keyboard.press('Enter')
      await guest.arrives(signUp.title)
      for (const [label, text] of [
        [fields.title, 'Ms'],
        [fields.firstName, 'Grace'],
        [fields.lastName, 'Hopper'],
        [fields.email, email],
        [fields.password, PASSWORD]
      ] as const) {
        await tabTo(page, guest.field(label))
        await keyboard.type(text)
      }
      await tabTo(page, page.getByRole('checkbox', { name: signUp.terms }))
      await keyboard.press('Space')
      await tabTo(page, guest.button(signUp.submit))
      await keyboard.press('Enter')
      await guest.arrives(checkMail.title)
      await tabTo(page, guest.field(fields.code))
      await keyboard.type(await stage.mail.code(email))
      await keyboard.press('Enter')
      await guest.arrives(en.signIn.title)
      await tabTo(page, guest.field(fields.password))
      await keyboard.type(PASSWORD)
      await keyboard.press('Enter')
      await guest.arrives(en.overview.title('Grace'))
      await keyboard.press('Shift+Tab') // back from the heading, over the navigation
      for (let stop = 0; stop < STOPS && !(await hasFocus(guest.button(session.signOut))); stop++)
        await keyboard.press('Shift+Tab')
      await keyboard.press('Enter')
      await guest.arrives(en.welcome.title)
    })

    test('one skips what stands before the content', async t => {
      const guest = await open(stage, t, '/account/sign-in')
      await guest.opens(en.signIn.title)
      await guest.page.keyboard.press('Tab')
      const skip = guest.link(en.skip)
      assert.equal(await hasFocus(skip), true, 'it is the first stop')
      const box = await skip.boundingBox()
      assert(box && box.x >= 0 && box.y >= 0 && box.width > 50, 'it is seen while it has the focus')
      await guest.page.keyboard.press('Enter')
      await guest.page.keyboard.press('Tab')
      assert.equal(await hasFocus(guest.field(fields.email)), true)
    })

    test('a refused sign-in is corrected without leaving the keys', async t => {
      const { email } = await becomeMember(stage)
      const guest = await open(stage, t, '/account/sign-in')
      guest.expect('401 POST /accounts/authenticate')
      const { keyboard } = guest.page
      await tabTo(guest.page, guest.field(fields.email))
      await keyboard.press('Enter')
      await guest.faults({ [fields.email]: en.faults.required, [fields.password]: en.faults.required })
      assert.equal(await hasFocus(guest.field(fields.email)), true)
      await keyboard.type(email)
      await keyboard.press('Tab')
      await keyboard.type('not the password')
      await keyboard.press('Enter')
      await guest.says(en.errors.invalid_credentials)
      assert.equal(await hasFocus(guest.field(fields.password)), true)
      await keyboard.press('ControlOrMeta+A')
      await keyboard.type(PASSWORD)
      await keyboard.press('Enter')
      await guest.arrives(en.overview.title('Ada'))
    })

    test('a question is answered, and the focus goes back to where it came from', async t => {
      const { email } = await becomeMember(stage)
      const guest = await open(stage, t, '/account/sign-in?next=/account/sessions')
      const { keyboard } = guest.page
      await guest.fill({ [fields.email]: email, [fields.password]: PASSWORD })
      await keyboard.press('Enter')
      await guest.arrives(en.sessions.title)
      const end = guest.button(en.sessions.endOthers)
      await tabTo(guest.page, end)
      await keyboard.press('Enter')
      const question = guest.dialog(en.sessions.endOthersTitle)
      await question.button(en.cancel).waitFor()
      assert.equal(await question.part.getByRole('heading').evaluate(it => it === document.activeElement), true)
      await keyboard.press('Escape')
      await question.closes()
      assert.equal(await hasFocus(end), true)
    })
  })
}
