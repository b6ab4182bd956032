import { createClient, ok } from '../../../client/index.ts'

const client = createClient({ baseUrl: import.meta.env.VITE_API_URL })
const events: string[] = []

client.on('signedIn', ({ email }) => events.push(`signedIn ${email}`))
client.on('signedOut', () => events.push('signedOut'))
client.on('sessionEnded', reason => events.push(`sessionEnded ${reason}`))

/** What the tests call. */
const page = {
  client,
  events,
  signIn: (email: string, password: string) => client.signIn({ email, password }).then(() => 'done', nameOf),
  restore: () => client.restore().then(({ status }) => status, nameOf),
  signOut: () => client.signOut().then(() => 'done', nameOf),
  /** Reads one's own account as often as told, all at once: how often that succeeded, and the names of what did not. */
  async read(times: number) {
    const { session } = client
    if (session.status !== 'signedIn') return [session.status]
    const params = { path: { id: session.account.id } }
    return await Promise.all(
      Array.from({ length: times }, () => ok(client.api.GET('/accounts/{id}', { params })).then(() => 'done', nameOf))
    )
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}

declare global {
  var tab: typeof page
  interface ImportMeta {
    env: { VITE_API_URL: string }
  }
}

globalThis.tab = page
