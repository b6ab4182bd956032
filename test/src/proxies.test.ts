import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import Fastify from 'fastify'
import { readConfig } from '../../src/config.ts'
import { trust, withoutPort } from '../../src/proxies.ts'

/** The client address that a request has, by the production wiring of TRUST_PROXY. */
async function clientOf(TRUST_PROXY: string, remoteAddress: string, forwarded: string): Promise<string> {
  const server = Fastify({ trustProxy: trust(readConfig({ TRUST_PROXY }).proxies) })
  server.get('/', async request => request.ip)
  const headers = forwarded === '' ? {} : { 'x-forwarded-for': forwarded }
  return (await server.inject({ url: '/', remoteAddress, headers })).body
}

// ASVS V15.3.4, V4.1.3
suite('the address of a client', () => {
  const cases: [what: string, trusted: string, peer: string, forwarded: string, client: string][] = [
    ['is the peer when nobody is trusted, whatever it forwards', '', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['is the peer when the peer is not the trusted proxy', '10.0.0.1', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['is what a trusted proxy says', '10.0.0.1', '10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['is what a proxy of a trusted network says', '10.0.0.0/8', '10.9.9.9', '1.2.3.4', '1.2.3.4'],
    ['is the last one that no proxy of ours added', '10.0.0.0/8', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['may come through several listed proxies', '10.0.0.1, 192.0.2.0/24', '10.0.0.1', '1.2.3.4, 192.0.2.7', '1.2.3.4'],
    ['is one hop away for 1', '1', '10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['is two hops away for 2', '2', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['is the peer for 0 hops', '0', '10.0.0.1', '1.2.3.4', '10.0.0.1'],
    ['is the peer when a trusted proxy forwards nothing', '10.0.0.1', '10.0.0.1', '', '10.0.0.1'],
    ['may be of IPv6', 'fd00::/8', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    [
      'is found through proxies that Azure wrote with a port',
      '10.0.0.0/8',
      '10.0.0.1',
      '1.2.3.4, 10.0.0.2:51234',
      '1.2.3.4'
    ]
  ]
  for (const [what, trusted, peer, forwarded, client] of cases) {
    test(what, async () => assert.equal(await clientOf(trusted, peer, forwarded), client))
  }
})

test('a port is cut from an address, and from nothing else', () => {
  const cases = {
    '1.2.3.4:51234': '1.2.3.4',
    '1.2.3.4': '1.2.3.4',
    '[2001:db8::7]:443': '2001:db8::7',
    '[2001:db8::7]': '2001:db8::7',
    '2001:db8::7': '2001:db8::7',
    '::1': '::1',
    unknown: 'unknown',
    '1.2.3.4:51234:1': '1.2.3.4:51234:1',
    '': ''
  }
  for (const [text, address] of Object.entries(cases)) assert.equal(withoutPort(text), address, text)
})

test('what is no address or network is refused at the start', () => {
  for (const text of ['true', 'proxy.example.com', '10.0.0.0/33', '10.0.0.1 10.0.0.2'])
    assert.throws(() => readConfig({ TRUST_PROXY: text }), /^ConfigError: TRUST_PROXY/, text)
})
