import { ok } from 'guildhall/client'
import { client } from '../client.ts'
import { notify } from '../feedback/notices.tsx'
import { AskFirst } from '../forms/ask-first.tsx'
import { queryClient } from '../query-client.ts'
import { accountKey } from '../session/session.ts'

interface Props {
  accountId: string
  words: { label: string; title: string; lead: string; done: string }
  onEnded?(): void
}

/** Signs out every device of an account; the one that asks stays, where it is among them. */
export function EndSessions({ accountId, words, onEnded }: Props) {
  const end = async () => {
    const params = { path: { id: accountId }, query: { except: 'current' as const } }
    await ok(client.api.DELETE('/accounts/{id}/sessions', { params }))
    notify(words.done)
    onEnded?.()
    await queryClient.invalidateQueries({ queryKey: accountKey(accountId, 'sessions') })
  }
  return (
    <div className="actions">
      <AskFirst label={words.label} title={words.title} lead={words.lead} submit={words.label} act={end} />
    </div>
  )
}
