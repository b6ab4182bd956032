import { type Account, ApiError, ok } from 'guildhall/client'
import { useState } from 'react'
import { client } from '../../client.ts'
import type { useReauthentication } from '../../reauthentication/reauthentication.tsx'
import { useAccount } from '../../session/gate.tsx'
import { keepAccount } from '../../session/session.ts'
import { refreshAround } from '../keys.ts'
import { type Conflict, changesTo, type Draft, draftOf, type Part, reconcile, take } from './draft.ts'
import { keepMember, readNewest, type Versioned, versioned } from './queries.ts'

/** An edit of an account, from the version that it began with to the one that it makes. */
export function useEdit(member: Versioned) {
  const me = useAccount()
  const [begun, setBegun] = useState(member) // not what is read meanwhile: the API tells whether it is the same
  const [draft, setDraft] = useState(() => draftOf(begun.account))
  const [conflict, setConflict] = useState<Conflict>()

  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes })
    if (conflict) setConflict({ ...conflict, mine: { ...conflict.mine, ...changes } })
  }
  const takeSide = (side: 'theirs' | 'mine', parts: readonly Part[]) => {
    if (conflict) setDraft(take(draft, conflict[side], parts))
  }

  /** @returns the account as it is now; undefined when somebody else was faster: then there is a conflict to decide */
  const save = async (
    password: string,
    reauthenticate: ReturnType<typeof useReauthentication>
  ): Promise<Account | undefined> => {
    try {
      const saved = await reauthenticate(currentPassword => put(begun, draft, password, currentPassword))
      keepMember(saved)
      if (saved.account.id === me.id) keepAccount(saved.account)
      void refreshAround(saved.account.id)
      return saved.account
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'precondition_failed') throw error
    }
    const newest = await readNewest(begun.account.id)
    const found = reconcile(draftOf(begun.account), draft, draftOf(newest.account))
    setBegun(newest)
    setDraft(found.merged)
    setConflict(found.conflict)
    return undefined
  }
  return { begun, draft, conflict, change, takeSide, save }
}

async function put(
  { account, etag }: Versioned,
  draft: Draft,
  password: string,
  currentPassword: string | undefined
): Promise<Versioned> {
  const params = { path: { id: account.id }, header: { 'if-match': etag } }
  const changes = changesTo(draft, draftOf(account))
  const body = { ...changes, ...(password && { password, confirmPassword: password }), currentPassword }
  return versioned(await ok(client.api.PUT('/accounts/{id}', { params, body })))
}
