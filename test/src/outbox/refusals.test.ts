import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SMTPServerOptions } from 'smtp-server'
import { HOUR } from '../../../src/clock.ts'
import { idToText, newId } from '../../../src/ids.ts'
import { findUndelivered } from '../../../src/outbox/queries.ts'
import { createTestApp } from '../../support/app.ts'
import { runCli } from '../../support/cli.ts'
import { createClient, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { outboxRow } from '../../support/rows.ts'
import { refusal, startSmtp } from './smtp.ts'

const app = await createTestApp()
await app.server.close() // each test has the only worker

const cli = (...args: string[]) => runCli(app.config, ...args)
const mailTo = (recipient: string) => outboxRow(app, recipient)
const settled = (recipient: string) =>
  eventually(async () => {
    const mail = await mailTo(recipient)
    return mail.last_error !== null && mail.owner === null && mail
  })

test('a recipient refused for good is parked, seen on the command line, and delivered when tried again', async () => {
  const email = 'full@example.com'
  const server = await app.another()
  app.mail.refuse = () => refusal(550)
  await createClient(server).post('/register', registration(email))
  const parked = await settled(email)
  assert.ok(parked.parked_at)
  assert.deepEqual([parked.attempts, parked.due_at], [1, null])
  assert.match(parked.last_error ?? '', /550|refused/)
  const id = idToText(parked.id)
  assert.deepEqual(
    (await findUndelivered(app.db, 10)).map(mail => idToText(mail.id)),
    [id]
  )

  const listed = await cli('outbox')
  assert.match(listed, new RegExp(`^parked +${id} .*verify-email to ${email}, attempts: 1, .*refused`, 'm'))
  app.mail.refuse = undefined
  app.advance(HOUR)
  assert.equal((await mailTo(email)).attempts, 1, 'a parked mail was tried by itself')
  await assert.rejects(cli('outbox', 'retry', '00000000-0000-7000-8000-000000000000'), { code: 1 })
  await assert.rejects(cli('outbox', 'retyr', id), { code: 1 }, 'a misspelt verb is not a list')
  await cli('outbox', 'retry', id)
  const token = await app.mail.secret(email)
  assert.equal((await createClient(server).post('/verify-email', { token })).status, 200)
  assert.match(await cli('outbox'), /no undelivered mail/)
  await server.close()
})

// Who refuses, and whether the mail is given up: only what says something about this mail is for good.
const refusals: Record<string, [handlers: SMTPServerOptions, parked: boolean]> = {
  'the recipient for good (550)': [{ onRcptTo: (_, __, callback) => callback(refusal(550)) }, true],
  'the message for good (554)': [
    { onData: (s, _, callback) => void s.resume().on('end', () => callback(refusal(554))) },
    true
  ],
  'the recipient for now (450)': [{ onRcptTo: (_, __, callback) => callback(refusal(450)) }, false],
  'the message for now (451)': [
    { onData: (s, _, callback) => void s.resume().on('end', () => callback(refusal(451))) },
    false
  ],
  'our sender (550)': [{ onMailFrom: (_, __, callback) => callback(refusal(550)) }, false],
  'anybody who is not logged in (530)': [{ onMailFrom: (_, __, callback) => callback(refusal(530)) }, false],
  'connections (554)': [{ onConnect: (_, callback) => callback(refusal(554)) }, false],
  'our login (535)': [
    { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth: (_, __, callback) => callback(refusal(535)) },
    false
  ]
}

for (const [who, [handlers, parked]] of Object.entries(refusals)) {
  test(`a mail server that refuses ${who}: the mail is ${parked ? 'parked' : 'tried again'}`, async () => {
    const smtp = await startSmtp(handlers)
    const url = new URL(smtp.url)
    if (handlers.onAuth) Object.assign(url, { username: 'guildhall', password: 'wrong' })
    const server = await app.another({ SMTP_URL: url.href })
    const email = `refused.${Object.keys(refusals).indexOf(who)}@example.com`
    await createClient(server).post('/register', registration(email))
    const mail = await settled(email)
    assert.equal(mail.parked_at !== null, parked, mail.last_error ?? '')
    assert.equal(mail.due_at === null, parked)
    assert.ok(!mail.last_error?.includes('wrong'), 'the password of SMTP_URL is in the database')
    await server.close()
    await smtp.stop()
  })
}

test('a mail server that hangs up after the message, without an answer, gets it again after a pause only', async () => {
  let messages = 0
  const smtp = await startSmtp({
    onData(stream, { envelope }) {
      if (envelope.rcptTo[0]?.address === 'cut@example.com') messages++
      stream.resume().on('end', () => smtp.cut())
    }
  })
  const server = await app.another({ SMTP_URL: smtp.url })
  await createClient(server).post('/register', registration('cut@example.com'))
  const mail = await settled('cut@example.com')
  assert.equal(mail.attempts, 1)
  assert.equal(messages, 1)
  await server.close()
  await smtp.stop()
})

test('after a mail server that refused everything for good, all that was parked can be tried again at once', async () => {
  const server = await app.another()
  app.mail.refuse = () => refusal(554)
  const emails = ['relay1@example.com', 'relay2@example.com']
  for (const email of emails) await createClient(server).post('/register', registration(email))
  for (const email of emails) assert.ok((await settled(email)).parked_at)
  app.mail.refuse = undefined
  assert.match(await cli('outbox', 'retry', 'all'), /^due again: [2-9]\n$/)
  for (const email of emails) assert.ok(await app.mail.next(email))

  // What cannot be delivered is parked again by the running server, and does not keep the command line for ever.
  app.advance(HOUR)
  for (let i = 0; i < 300; i++)
    await app.db
      .insertInto('outbox')
      .values({
        ...(await mailTo('relay1@example.com')),
        id: newId(app.now),
        template: 'gone',
        sent_at: null,
        parked_at: new Date()
      })
      .execute()
  assert.match(await cli('outbox', 'retry', 'all'), /^due again: 300\n$/)
  await server.close()
})

test('what a mail server repeats of a mail that it refuses is not kept', async () => {
  const email = 'repeated@example.com'
  const server = await app.another()
  const words = [
    `<${email}>: https://app.example.com/account/verify-email?token=${'t0ken'.repeat(9)}`,
    // As a line of quoted-printable breaks it in two.
    `verify-email?token=3D${'t0ken'.repeat(4)}= queue 4711 until 20251123T1200`,
    'Your code is 1234 5678, 1234-5678 or 12345678'
  ]
  app.mail.refuse = () => Object.assign(refusal(550), { message: words.join(' ') })
  await createClient(server).post('/register', registration(email))
  assert.match(
    (await settled(email)).last_error ?? '',
    /550 <…>: .*token=… verify-email\?token=… queue 4711 until … Your code is … or …$/
  )
  const between = [
    '\r\n',
    '  ',
    '&nbsp;',
    '&#160;',
    '&#xA0;',
    '=\r\n',
    '=20',
    '=C2=A0',
    '%20',
    '</b> <b>',
    '\u00a0',
    '\u202e'
  ]
  for (const [i, gap] of between.entries()) {
    app.mail.refuse = () =>
      Object.assign(refusal(550), { message: `4711 is no code, 1234${gap}5678 4321 is, 123456789 is not` })
    await createClient(server).post('/register', registration(`gap${i}@example.com`))
    assert.match(
      (await settled(`gap${i}@example.com`)).last_error ?? '',
      /4711 is no code, … is, 123456789 is not$/,
      gap
    )
  }
  app.mail.refuse = () => Object.assign(refusal(550), { message: 'no '.repeat(2000) })
  await createClient(server).post('/register', registration('long@example.com'))
  assert.equal((await settled('long@example.com')).last_error?.length, 250)
  app.mail.refuse = undefined
  await server.close()
})
