import assert from 'node:assert/strict'
import { HOUR } from '../../../src/clock.ts'
import { idFromText, idToText, newId } from '../../../src/ids.ts'
import type { OutboxMail } from '../../../src/outbox/table.ts'
import type { TestApp } from '../../support/app.ts'

/** Mails that no worker looks at within a test, in the database itself. */
export function undeliveredMail(app: TestApp) {
  const put = async (recipient: string, more: Partial<OutboxMail> = {}) => {
    const id = newId(app.now)
    const mail = {
      id,
      recipient,
      template: 'role-changed',
      locale: 'en',
      data: '{"canary":1}',
      secret: null,
      attempts: 3
    }
    const times = {
      due_at: new Date(app.now().getTime() + HOUR),
      created_at: app.now(),
      sent_at: null,
      parked_at: null
    }
    await app.db
      .insertInto('outbox')
      .values({ ...mail, ...times, owner: null, last_error: null, ...more })
      .execute()
    return idToText(id)
  }
  return {
    put,
    park: (recipient: string, at: Date) => put(recipient, { parked_at: at, due_at: null, last_error: '550 no' }),
    clear: async () => await app.db.deleteFrom('outbox').where('sent_at', 'is', null).execute(),
    find: async (id: string) => {
      const key = idFromText(id) ?? assert.fail(id)
      return await app.db.selectFrom('outbox').selectAll().where('id', '=', key).executeTakeFirstOrThrow()
    }
  }
}
