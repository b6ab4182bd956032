import assert from 'node:assert/strict'
import { BlockList, isIPv6 } from 'node:net'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { networkOf } from '../../src/places.ts'

const hex = (ip: string, of: 'subscriber' | 'neighbourhood' = 'subscriber') => networkOf(ip, of)?.toString('hex')

// ASVS V2.4.1
suite('the network of an address', () => {
  const spellings = {
    c0000201: ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:192.0.2.1', '::ffff:c000:201', '0:0:0:0:0:ffff:192.0.2.1'],
    '20010db800000001': [
      '2001:db8:0:1::5',
      '2001:DB8:0:1::5',
      '2001:0db8:0000:0001:0000:0000:0000:0005',
      '2001:db8:0:1:ffff:ffff:ffff:ffff',
      '2001:db8:0:1::192.0.2.1',
      '2001:db8:0:1::5%eth0'
    ],
    '0000000000000000': ['::', '::1', '0:0:0:0::1', '::192.0.2.1'],
    fe80000000000000: ['fe80::1', 'fe80::1%1', 'fe80::2%eth1']
  }
  for (const [network, texts] of Object.entries(spellings)) {
    test(`is one for ${texts.join(', ')}`, () => {
      for (const text of texts) assert.equal(hex(text), network, text)
    })
  }

  test('is wider for known devices: a /24 of IPv4, and the same /64 of IPv6', () => {
    assert.equal(hex('192.0.2.1', 'neighbourhood'), 'c00002')
    assert.equal(hex('::ffff:192.0.2.200', 'neighbourhood'), 'c00002')
    assert.equal(hex('2001:db8:0:1::5', 'neighbourhood'), '20010db800000001')
  })

  test('is none for what is not an address', () => {
    for (const text of ['', 'localhost', '192.0.2', '192.0.2.1:80', '[::1]', '::1::2', '1.2.3.4.5', 'x%y', '%'])
      assert.equal(networkOf(text, 'subscriber'), undefined, text)
  })

  // Held against Node's own reading of a subnet, which shares no code with ours.
  test('is shared by exactly the addresses of the same /64, however they are spelt', () => {
    const isMapped = (ip: string) => networkOf(ip, 'subscriber')?.length === 4
    const address = fc.ipV6().filter(ip => isIPv6(ip) && !isMapped(ip))
    const spelt = fc.tuple(address, fc.boolean()).map(([ip, upper]) => (upper ? ip.toUpperCase() : ip))
    const neighbours = fc
      .tuple(
        fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 12, maxLength: 12 }),
        fc.integer({ min: 0, max: 4 })
      )
      .map(([groups, same]) => {
        const text = (list: number[]) => list.map(group => group.toString(16)).join(':')
        const [first, second] = [groups.slice(0, 8), [...groups.slice(0, same), ...groups.slice(4 + same)]]
        return [text(first), text(second)] as const
      })
      .filter(pair => !pair.some(isMapped))
    const holds = (one: string, other: string) => {
      const subnet = new BlockList()
      subnet.addSubnet(one, 64, 'ipv6')
      assert.equal(hex(one) === hex(other), subnet.check(other, 'ipv6'))
    }
    fc.assert(fc.property(spelt, spelt, holds))
    fc.assert(fc.property(neighbours, ([one, other]) => holds(one, other)))
  })
})
