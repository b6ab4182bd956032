import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { admit, type Meter } from '../../../src/limits/admission.ts'
import type { Limit } from '../../../src/limits/policy.ts'

type Counted = Meter & { counted: number }

/** A meter of `most` requests that counts for itself. */
function meter(name: string, most: number, more: Partial<Limit> = {}): Counted {
  const limit: Limit = { by: 'address', most, window: 1000, why: '', ...more }
  const read = () => ({ left: Math.max(0, most - self.counted), isExceeded: self.counted > most, seconds: 1 })
  const self: Counted = {
    name,
    limit,
    counted: 0,
    look: async () => read(),
    async count() {
      self.counted++
      return read()
    },
    takeBack() {
      self.counted--
    }
  }
  return self
}

const nobody = async () => undefined
const names = async (admission: ReturnType<typeof admit>) => {
  const answer = await admission
  return answer.admitted ? 'admitted' : answer.refusedBy.map(([{ name }]) => name).join(', ')
}

suite('a request', () => {
  test('is counted everywhere when it goes on, and nowhere when it is refused', async () => {
    const [narrow, wide] = [meter('narrow', 1), meter('wide', 9)]
    assert.equal(await names(admit([narrow, wide], nobody)), 'admitted')
    for (let i = 0; i < 5; i++) assert.equal(await names(admit([narrow, wide], nobody)), 'narrow')
    assert.deepEqual([narrow.counted, wide.counted], [1, 1])
  })

  test('of many at once is refused beyond the limit, and what was refused is given back', async () => {
    const [narrow, wide] = [meter('narrow', 3), meter('wide', 99)]
    const answers = await Promise.all(Array.from({ length: 50 }, () => names(admit([narrow, wide], nobody))))
    assert.deepEqual(answers.filter(answer => answer === 'admitted').length, 3)
    assert.deepEqual([narrow.counted, wide.counted], [3, 3])
  })

  test('that could not be counted is not taken back: that would give others a try more', async () => {
    const [fine, away] = [meter('fine', 9), meter('away', 9)]
    away.counted = 5
    const failing: Meter = {
      ...away,
      takeBack: () => away.takeBack(),
      count: () => Promise.reject(new Error('the store is away'))
    }
    await assert.rejects(admit([fine, failing], nobody), /the store is away/)
    assert.deepEqual([fine.counted, away.counted], [1, 5])
  })

  test('is refused by all that are full', async () => {
    assert.equal(await names(admit([meter('one', 0), meter('two', 9), meter('three', 0)], nobody)), 'one, three')
  })
})

suite('a known device', () => {
  const spares = { spares: 'known devices' } as const

  test('goes on where everything that is full spares it, by limits of its own', async () => {
    const [full, open, own] = [meter('full', 0, spares), meter('open', 9), meter('own', 2)]
    const tries = []
    for (let i = 0; i < 3; i++) tries.push(await names(admit([full, open], async () => [own])))
    assert.deepEqual(tries, ['admitted', 'admitted', 'own'])
    assert.deepEqual([full.counted, open.counted, own.counted], [0, 2, 2])
  })

  test('is refused, and not asked for, where one limit that is full does not spare it', async () => {
    const devices = () => assert.fail('nobody asks')
    assert.equal(await names(admit([meter('sparing', 0, spares), meter('strict', 0)], devices)), 'sparing, strict')
  })

  test('is not asked for while nothing is full', async () => {
    assert.equal(await names(admit([meter('open', 1, spares)], () => assert.fail('nobody asks'))), 'admitted')
  })

  test('goes on, too, when a flood fills the limit between our look and our count', async () => {
    const [full, own] = [meter('full', 1, spares), meter('own', 1)]
    const racing: Meter = {
      ...full,
      look: async () => {
        const reading = await full.look()
        full.counted = 1
        return reading
      }
    }
    assert.equal(await names(admit([racing], async () => [own])), 'admitted')
    assert.deepEqual([full.counted, own.counted], [1, 1])
  })
})
