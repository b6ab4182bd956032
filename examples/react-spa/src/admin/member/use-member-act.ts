import { ApiError } from 'guildhall/client'
import { queryClient } from '../../query-client.ts'
import { useReauthentication } from '../../reauthentication/reauthentication.tsx'
import { memberKey, refreshAround } from '../keys.ts'
import type { Versioned } from './queries.ts'

interface Params {
  path: { id: string }
  header: { 'if-match': string | undefined }
}

/**
 * Runs acts on a member as he is on the page: of somebody who was changed meanwhile the Admin sees the new state before
 * deciding again. Afterwards the page shows what has become of him.
 */
export function useMemberAct({ account: { id }, etag }: Versioned) {
  const reauthenticate = useReauthentication()
  return async (act: (params: Params, currentPassword?: string) => Promise<unknown>): Promise<void> => {
    const params = { path: { id }, header: { 'if-match': etag } }
    try {
      await reauthenticate(currentPassword => act(params, currentPassword))
    } catch (error) {
      if (error instanceof ApiError && error.code === 'precondition_failed') await refresh(id)
      throw error
    }
    await refresh(id)
  }
}

async function refresh(id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: memberKey(id), exact: true }),
    queryClient.invalidateQueries({ queryKey: memberKey(id, 'suspension') }),
    refreshAround(id)
  ])
}
