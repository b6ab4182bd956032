import { type components, ok } from 'guildhall/client'
import { client } from '../../client.ts'
import { MAIL } from '../keys.ts'
import { pages } from '../list/pages.ts'

export type UndeliveredMail = components['schemas']['UndeliveredMail']
export type MailState = UndeliveredMail['state']

const PAGE = 50 // mails at a time: some screens full

export function mailQuery(state: MailState | undefined) {
  return pages<UndeliveredMail>([...MAIL, state], (cursor, signal) =>
    ok(client.api.GET('/undelivered-mail', { params: { query: { state, cursor, limit: PAGE } }, signal }))
  )
}

export async function retryMail(id: string): Promise<void> {
  await ok(client.api.DELETE('/undelivered-mail/{id}/parking', { params: { path: { id } } }))
}

/** Whether it is tried right now: its fate is known in a moment. */
export function isUnderWay({ nextTry }: UndeliveredMail): boolean {
  return nextTry !== null && new Date(nextTry).getTime() <= Date.now()
}
