import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf, samePlace } from '../../src/places.ts'

const keyOf = (address: string) => networkOf(address, 'neighbourhood')?.toString('hex') ?? ''

test('addresses of one network are one, however they are spelled', () => {
  const networks = [
    ['192.0.2.1', '192.0.2.255', '::ffff:192.0.2.7', '::ffff:c000:0207', '0:0:0:0:0:FFFF:192.0.2.9'],
    ['192.0.3.1'],
    ['2001:db8:0:1::', '2001:DB8:0:1:ffff::1', '2001:0db8:0000:0001:0:0:192.0.2.1', '2001:db8:0:1:2:3:4:5%eth0'],
    ['2001:db8:0:2::', '2001:db8::2:0:0:0:1'],
    ['2001:db8::1', '2001:db8::ffff:0:0:1'],
    ['::1', '::', '::2:0:0:1'],
    ['fe80::1', 'fe80::2%7'],
    ['', 'unknown', '1.2.3', '2001:db8', '1.2.3.4:80', '[::1]']
  ]
  const keys = networks.map(spellings => new Set(spellings.map(keyOf)))
  for (const [i, key] of keys.entries()) assert.equal(key.size, 1, `${networks[i]}: ${[...key]}`)
  assert.equal(new Set(keys.flatMap(key => [...key])).size, networks.length)
})

test('a place is a network and an agent, to the letter', () => {
  const place = { ip: '192.0.2.1', userAgent: 'Firefox/145.0' }
  assert(samePlace(place, { ...place, ip: '192.0.2.200' }))
  assert(!samePlace(place, { ...place, ip: '192.0.3.1' }))
  assert(!samePlace(place, { ...place, ip: '' }))
  assert(samePlace({ ...place, ip: '' }, { ...place, ip: 'unknown' }))
  assert(!samePlace(place, { ...place, userAgent: 'firefox/145.0' }))
})
