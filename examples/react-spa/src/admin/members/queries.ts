import { type Account, ok, type Role } from 'guildhall/client'
import { client } from '../../client.ts'
import { MEMBERS } from '../keys.ts'
import { pages } from '../list/pages.ts'

const PAGE = 50 // members at a time: some screens full
const SUGGESTIONS = 8

/** Members by the beginning of their address or last name; all without. */
export function membersQuery({ q, role }: { q?: string; role?: Role }) {
  return pages([...MEMBERS, { q, role }], (cursor, signal) => listMembers({ q, role, cursor, limit: PAGE }, signal))
}

/** The first few who might be meant. */
export async function suggestMembers(q: string, signal: AbortSignal): Promise<Account[]> {
  const { data } = await listMembers({ q, limit: SUGGESTIONS }, signal)
  return data
}

async function listMembers(query: { q?: string; role?: Role; cursor?: string; limit: number }, signal: AbortSignal) {
  return await ok(client.api.GET('/accounts', { params: { query }, signal }))
}
