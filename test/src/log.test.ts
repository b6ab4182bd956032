import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { withoutSecrets } from '../../src/log.ts'

suite('what somebody else wrote, in a log', () => {
  test('is there without addresses and long words, and otherwise as it came', () => {
    for (const [text, logged] of [
      ['/accounts/verify-email', '/accounts/verify-email'],
      [`/verify-email/${'t0ken'.repeat(9)}`, '/verify-email/…'],
      ['550 <ada@example.com> unknown', '550 <…> unknown'],
      ['to "ada@example.com", or bob@example.com', 'to "…", or …'],
      ['/@scope/a@', '…'],
      ['@ada, a @ b, ada@', '@ada, a @ b, ada@']
    ] as const)
      assert.equal(withoutSecrets(text), logged)
  })

  test('gives no orders to a terminal, and turns no line around', () => {
    assert.equal(withoutSecrets('a\u001b[2Jb\u009bc\r\nd\u202ee\u2066f\u200bg'), 'a?[2Jb?c??d?e?f?g')
  })

  test('takes as long as it is: a path is logged whatever it holds', () => {
    for (const unit of ['a.', 'a@', '.@', 'a ', 'ab-', '<']) {
      const begun = performance.now()
      withoutSecrets(unit.repeat(30_000))
      assert(performance.now() - begun < 1000, `${unit}${unit}… is looked at again and again`)
    }
  })
})
