import { ApiError, type Client, createClient, NetworkError, nextCursor, ok, type TokenStorage } from 'guildhall/client'

// A page or an app of somebody else's: it has the types of a browser, and none of Node's or Fastify's.

const kept = new Map<string, string>()
const storage: TokenStorage = {
  get: () => kept.get('token') ?? null,
  set: token => void kept.set('token', token),
  remove: () => void kept.delete('token')
}

const client: Client = createClient({ baseUrl: 'http://127.0.0.1:1', storage })
client.on('sessionEnded', reason => reason === 'session_revoked')
client.on('signedIn', ({ email, role }) => email + role)

export async function search(q: string): Promise<string[]> {
  const { data, response } = await ok(client.api.GET('/accounts', { params: { query: { q, role: 'Admin' } } }))
  const next: string | undefined = nextCursor(response)
  return [...data.map(({ lastName }) => lastName), ...(next === undefined ? [] : [next])]
}

export async function rename(id: string): Promise<string> {
  try {
    // @ts-expect-error: no route has this path
    await client.api.GET('/members')
    // @ts-expect-error: a name is a text
    await client.api.PUT('/accounts/{id}', { params: { path: { id } }, body: { firstName: 7 } })
    const body = { firstName: 'Augusta' }
    const { data } = await ok(client.api.PUT('/accounts/{id}', { params: { path: { id } }, body }))
    return data.firstName
  } catch (error) {
    if (error instanceof ApiError && error.code === 'reauthentication_required') return 'ask for the password'
    if (error instanceof ApiError) return error.faults.map(({ path, message }) => `${path} ${message}`).join()
    return error instanceof NetworkError ? 'try again' : 'broken'
  }
}

console.log(
  JSON.stringify([(await client.restore()).status, await client.accessToken(), await search('a').catch(String)])
)
