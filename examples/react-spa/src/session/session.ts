import { skipToken, useQuery } from '@tanstack/react-query'
import { type Account, ok, type Session } from 'guildhall/client'
import { useSyncExternalStore } from 'react'
import { client } from '../client.ts'
import { queryClient } from '../query-client.ts'

/** Who is signed in, as far as this browser knows: also by what happens in other tabs. */
export function useSession(): Session {
  return useSyncExternalStore(
    listener => client.subscribe(listener),
    () => client.session
  )
}

/** Whose account it is; undefined when nobody is signed in, or nobody knows yet. */
export function memberOf(session: Session): string | undefined {
  return session.status === 'signedIn' ? session.account.id : undefined
}

/** The account of who is signed in, with what was changed since; undefined when nobody is, or nobody knows yet. */
export function useMember(): Account | undefined {
  const session = useSession()
  const account = session.status === 'signedIn' ? session.account : undefined
  const { data } = useQuery({
    queryKey: accountKey(account?.id),
    queryFn: account ? () => readAccount(account.id) : skipToken,
    initialData: account
  })
  return account && data
}

/** Shows an account as the API just answered it, everywhere. */
export function keepAccount(account: Account): void {
  queryClient.setQueryData(accountKey(account.id), account)
}

/** After what ended every session of some account: if it was the present member's, the answer ends it here, too. */
export async function lookAgain(): Promise<void> {
  const id = memberOf(client.session)
  if (id !== undefined) await readAccount(id).catch(() => {}) // if it cannot be asked now, the next request tells
}

/** Everything that belongs to an account is kept under this key. */
export function accountKey(id: string | undefined, ...rest: string[]): (string | undefined)[] {
  return ['account', id, ...rest]
}

async function readAccount(id: string): Promise<Account> {
  const { data } = await ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  return data
}
