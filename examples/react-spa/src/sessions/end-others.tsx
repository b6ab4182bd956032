import { ok } from 'guildhall/client'
import { useState } from 'react'
import { client } from '../client.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { notify } from '../feedback/notices.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { queryClient } from '../query-client.ts'
import { accountKey } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'

export function EndOthers({ accountId }: { accountId: string }) {
  const { sessions, cancel } = useTexts()
  const [isAsking, ask] = useState(false)
  const end = async () => {
    const params = { path: { id: accountId }, query: { except: 'current' as const } }
    await ok(client.api.DELETE('/accounts/{id}/sessions', { params }))
    ask(false)
    notify(sessions.othersEnded)
    await queryClient.invalidateQueries({ queryKey: accountKey(accountId, 'sessions') })
  }
  return (
    <div className="actions">
      <Button look="quiet" onPress={() => ask(true)}>
        {sessions.endOthers}
      </Button>
      {isAsking && (
        <Dialog title={sessions.endOthersTitle} onClose={() => ask(false)}>
          <p>{sessions.endOthersLead}</p>
          <ActForm
            act={end}
            submit={sessions.endOthers}
            look="danger"
            actions={
              <Button look="quiet" onPress={() => ask(false)}>
                {cancel}
              </Button>
            }
          />
        </Dialog>
      )}
    </div>
  )
}
