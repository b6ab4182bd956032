import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { connectionOptions } from '../../../src/mysql/url.ts'

const folder = mkdtempSync(join(tmpdir(), 'guildhall-url-'))
after(() => rmSync(folder, { recursive: true }))
const authority = join(folder, 'ca.pem')
writeFileSync(authority, '-----BEGIN CERTIFICATE-----\n')

const at = (query: string) => connectionOptions(`mysql://app:secret@db.example:3307/members${query}`)

suite('the URL of the database', () => {
  test('names host, port, account and database, the port 3306 unless said', () => {
    const options = { host: 'db.example', port: 3307, user: 'app', password: 'secret', database: 'members' }
    assert.deepEqual(at(''), options)
    assert.equal(connectionOptions('mysql://app@db.example/members').port, 3306)
    assert.equal(connectionOptions('mysql://app@[::1]/members').host, '::1')
  })

  test('may hold any character in account, password and name, percent-encoded', () => {
    const { user, password, database } = connectionOptions('mysql://a%40b:p%3A%2F%3F%23%25@db.example/m%20n')
    assert.deepEqual({ user, password, database }, { user: 'a@b', password: 'p:/?#%', database: 'm n' })
  })

  test('leads to a socket of this machine, and then to no host', () => {
    const options = connectionOptions('mysql://app@localhost/members?socket=%2Frun%2Fa%20b.sock')
    assert.equal(options.socketPath, '/run/a b.sock')
    assert.equal(options.host, undefined)
  })

  const tls: Record<string, [query: string, ssl: object | undefined]> = {
    'no TLS unless it is asked for': ['', undefined],
    'no TLS where that is said': ['?ssl=off', undefined],
    'TLS with whatever certificate': ['?ssl=required', { rejectUnauthorized: false, minVersion: 'TLSv1.2' }],
    'a trusted certificate of that very host': [
      '?ssl=verify',
      { rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' }
    ],
    'a certificate of that host from an authority of our own': [
      `?ssl=${encodeURIComponent(authority)}`,
      { ca: '-----BEGIN CERTIFICATE-----\n', verifyIdentity: true, minVersion: 'TLSv1.2' }
    ]
  }
  for (const [what, [query, ssl]] of Object.entries(tls)) {
    // ASVS V12.1.1, V12.3.4
    test(`asks for ${what}`, () => {
      assert.deepEqual(at(query).ssl, ssl)
    })
  }

  const faulty: Record<string, string> = {
    'another protocol': 'postgres://app:secret@db.example/members',
    'no URL': 'db.example secret',
    'an unknown way of TLS': 'mysql://app:secret@db.example/members?ssl=true',
    'a relative path of a certificate': 'mysql://app:secret@db.example/members?ssl=ca.pem',
    'a parameter that nobody reads': 'mysql://app:secret@db.example/members?ssl-mode=REQUIRED',
    'a password with a bare question mark': 'mysql://app:half?secret@db.example/members'
  }
  for (const [what, url] of Object.entries(faulty)) {
    test(`is refused for ${what}, without a word of its password`, () => {
      assert.throws(
        () => connectionOptions(url),
        ({ name, message }: Error) => name === 'TypeError' && !message.includes('secret')
      )
    })
  }

  test('is refused for a certificate that is not there, by its path', () => {
    assert.throws(() => at('?ssl=/nowhere/ca.pem'), /\/nowhere\/ca\.pem/)
  })
})
