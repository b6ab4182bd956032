import { queryOptions } from '@tanstack/react-query'
import { type Account, ApiError, ok } from 'guildhall/client'
import { client } from '../../client.ts'
import { queryClient } from '../../query-client.ts'
import { memberKey } from '../keys.ts'
import { pages } from '../list/pages.ts'

const PAGE = 15 // events of a member at a time: they stand among other things

/** An account as it was read, and its version: an edit of it names the one that it began with. */
export interface Versioned {
  account: Account
  etag: string | undefined
}

export function memberQuery(id: string) {
  return queryOptions({
    queryKey: memberKey(id),
    queryFn: async ({ signal }): Promise<Versioned> =>
      versioned(await ok(client.api.GET('/accounts/{id}', { params: { path: { id } }, signal })))
  })
}

export function suspensionQuery(id: string) {
  return queryOptions({
    queryKey: memberKey(id, 'suspension'),
    queryFn: async ({ signal }) => {
      try {
        const { data } = await ok(client.api.GET('/accounts/{id}/suspension', { params: { path: { id } }, signal }))
        return data
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_suspended') return null
        throw error
      }
    }
  })
}

export function memberEventsQuery(id: string) {
  return pages(memberKey(id, 'events'), (cursor, signal) => {
    const params = { path: { id }, query: { limit: PAGE, cursor } }
    return ok(client.api.GET('/accounts/{id}/events', { params, signal }))
  })
}

/** The account of an answer, with its version. */
export function versioned({ data, response }: { data: Account; response: Response }): Versioned {
  return { account: data, etag: response.headers.get('etag') ?? undefined }
}

/** Shows a member as the API just answered him; nobody needs to ask again. */
export function keepMember(member: Versioned): void {
  queryClient.setQueryData(memberQuery(member.account.id).queryKey, member)
}

/** The version that is there now, whatever was read before. */
export async function readNewest(id: string): Promise<Versioned> {
  return await queryClient.fetchQuery({ ...memberQuery(id), staleTime: 0 })
}

export function isGone(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 'account_not_found'
}
