import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { en } from '../../examples/react-spa/src/texts/en.ts'
import { becomeMember, enter, type Guest } from './support/guest.ts'
import { createStage } from './support/stage.ts'

const { deletion, email, fields, faults } = en
const CLICK = 90 // ms from the press to the release, as of a hand

const stage = await createStage('one-origin')

/** As a hand clicks: whatever moves between the press and the release is missed. */
async function click({ page, button }: Guest, name: string): Promise<void> {
  const box = await button(name).boundingBox()
  assert(box)
  await page.mouse.move(box.x + box.width / 2, box.y + 3) // near its edge, where the smallest move matters
  await page.mouse.down()
  await wait(CLICK)
  assert.deepEqual(await button(name).boundingBox(), box, 'the button stays under the mouse')
  await page.mouse.up()
}

suite('a click on the button of a form', () => {
  test('counts when it leaves a field that is wrong', async t => {
    const member = await becomeMember(stage)
    const guest = await enter(stage, t, member, '/account/delete')
    const confirmation = deletion.confirmation(member.email)
    await guest.fill({ [fields.currentPassword]: member.password, [confirmation]: 'foo' })
    await click(guest, deletion.submit)
    await guest.faults({ [confirmation]: faults.confirmation })
    const focus = () => guest.field(confirmation).evaluate(field => field === document.activeElement)
    assert.equal(await focus(), true, 'the click was one')
  })

  test('counts beside the button, too', async t => {
    const guest = await enter(stage, t, await becomeMember(stage), '/account/email')
    await guest.fill({ [fields.newEmail]: 'foo' })
    const link = await guest.link(email.haveCode).boundingBox()
    assert(link)
    await guest.page.mouse.move(link.x + link.width / 2, link.y + 3)
    await guest.page.mouse.down()
    await wait(CLICK)
    await guest.page.mouse.up()
    await guest.arrives(email.sentTitle)
  })

  test('shows what is wrong when the mouse is let go elsewhere', async t => {
    const guest = await enter(stage, t, await becomeMember(stage), '/account/email')
    await guest.fill({ [fields.newEmail]: 'foo' })
    await guest.page.getByRole('heading', { level: 1 }).click()
    await guest.faults({ [fields.newEmail]: faults.email })
  })
})
