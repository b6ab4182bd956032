import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { type Mailbox, startMailbox } from '../../../src/embedded/mailbox.ts'

const folders: string[] = []
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mailbox-'))
  folders.push(folder)
  return folder
}

async function withMailbox(dir: string, work: (mailbox: Mailbox) => Promise<void>): Promise<void> {
  const mailbox = await startMailbox({ dataDir: dir })
  try {
    await work(mailbox)
  } finally {
    await mailbox.stop()
  }
}

async function deliver(mailbox: Mailbox, mail: SendMailOptions): Promise<void> {
  const transport = createTransport({ url: mailbox.smtpUrl })
  await transport.sendMail({ from: 'Club <club@club.example>', to: 'ada@example.com', ...mail })
  transport.close()
}

describe('the embedded mailbox', () => {
  it('takes a mail over SMTP and shows what was in it', async () => {
    await withMailbox(await dataDir(), async mailbox => {
      const started = Date.now()
      await deliver(mailbox, {
        subject: 'Grüße 💌',
        text: 'Größe\n',
        html: '<p>Größe</p>',
        messageId: '<1@club.example>'
      })
      const [message, ...more] = await mailbox.list()
      assert.ok(message)
      assert.equal(more.length, 0)
      const { id, date, ...rest } = message
      assert.deepEqual(rest, {
        to: 'ada@example.com',
        subject: 'Grüße 💌',
        text: 'Größe\n',
        html: '<p>Größe</p>',
        messageId: '<1@club.example>'
      })
      assert.match(id, /^[\w-]+$/)
      assert.ok(Math.abs(Date.parse(date) - started) < 10_000)
    })
  })

  it('shows the newest first, and every copy of the same message', async () => {
    await withMailbox(await dataDir(), async mailbox => {
      for (const subject of ['one', 'two', 'two', 'three']) await deliver(mailbox, { subject, messageId: '<same@x>' })
      assert.deepEqual(
        (await mailbox.list()).map(({ subject }) => subject),
        ['three', 'two', 'two', 'one']
      )
    })
  })

  it('gives every recipient a copy and finds it by address, in whatever case', async () => {
    await withMailbox(await dataDir(), async mailbox => {
      await deliver(mailbox, { to: ['Ada@Example.com', 'bob@münchen.example'], bcc: 'eve@example.com', text: 'x' })
      const count = async (to: string) => (await mailbox.list(to)).length
      assert.equal((await mailbox.list()).length, 3)
      assert.equal(await count('ada@example.COM'), 1)
      assert.equal(await count('bob@MÜNCHEN.example'), 1)
      assert.equal(await count('bob@xn--mnchen-3ya.example'), 1)
      assert.equal(await count('eve@example.com'), 1)
      assert.equal(await count('example.com'), 0)
    })
  })

  it('keeps mail over restarts, in order, readable by its owner only', async () => {
    const dir = await dataDir()
    await withMailbox(dir, mailbox => deliver(mailbox, { subject: 'before' }))
    await withMailbox(dir, async mailbox => {
      await deliver(mailbox, { subject: 'after' })
      assert.deepEqual(
        (await mailbox.list()).map(({ subject }) => subject),
        ['after', 'before']
      )
    })
    const [name = ''] = await readdir(join(dir, 'mailbox'))
    assert.equal((await stat(join(dir, 'mailbox'))).mode & 0o777, 0o700)
    assert.equal((await stat(join(dir, 'mailbox', name))).mode & 0o777, 0o600)
  })

  it('has a message on disk before it says so', async () => {
    const dir = await dataDir()
    await withMailbox(dir, async mailbox => {
      await deliver(mailbox, {})
      assert.equal((await readdir(join(dir, 'mailbox'))).filter(name => name.endsWith('.json')).length, 1)
    })
  })

  it('shows what another process put into the same folder', async () => {
    const dir = await dataDir()
    await withMailbox(dir, one =>
      withMailbox(dir, async other => {
        await deliver(one, { subject: 'shared' })
        assert.equal((await other.list())[0]?.subject, 'shared')
      })
    )
  })

  it('keeps the newest 500', async () => {
    const dir = await dataDir()
    await withMailbox(dir, async mailbox => {
      const to = Array.from({ length: 100 }, (_, index) => `m${index}@example.com`)
      for (const subject of ['0', '1', '2', '3', '4', '5']) await deliver(mailbox, { to, subject })
      const subjects = (await mailbox.list()).map(({ subject }) => subject)
      assert.equal(subjects.length, 500)
      assert.ok(!subjects.includes('0'))
      assert.equal((await readdir(join(dir, 'mailbox'))).length, 500)
    })
  })

  it('bears half-written and foreign files', async () => {
    const dir = await dataDir()
    await withMailbox(dir, mailbox => deliver(mailbox, { subject: 'whole' }))
    const folder = join(dir, 'mailbox')
    await writeFile(join(folder, '0000000000000001-dead.tmp'), '{"id"')
    await writeFile(join(folder, '0000000000000002-torn.json'), '{"id"')
    await writeFile(join(folder, '0000000000000003-other.json'), '{"id":1}')
    await withMailbox(dir, async mailbox => {
      assert.deepEqual(
        (await mailbox.list()).map(({ subject }) => subject),
        ['whole']
      )
    })
    assert.ok(!(await readdir(folder)).some(name => name.endsWith('.tmp')))
  })

  it('listens on loopback and asks for neither login nor TLS', async () => {
    await withMailbox(await dataDir(), async mailbox => {
      const { hostname, port } = new URL(mailbox.smtpUrl)
      assert.equal(hostname, '127.0.0.1')
      const socket = connect(Number(port), hostname).setEncoding('utf8')
      await once(socket, 'data')
      socket.write('EHLO test\r\n')
      const [greeting] = await once(socket, 'data')
      socket.end('QUIT\r\n')
      assert.match(greeting, /^250/)
      assert.doesNotMatch(greeting, /AUTH|STARTTLS/)
    })
  })

  it('outlives a client that hangs up in the middle', async () => {
    await withMailbox(await dataDir(), async mailbox => {
      const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1')
      await once(socket, 'data')
      socket.write('EHLO test\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: half\r\n')
      await new Promise(resolve => setTimeout(resolve, 100))
      socket.resetAndDestroy()
      await deliver(mailbox, { subject: 'whole' })
      assert.deepEqual(
        (await mailbox.list()).map(({ subject }) => subject),
        ['whole']
      )
    })
  })
})
