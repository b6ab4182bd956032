import type { InjectOptions } from 'fastify'
import { type Answer, type Response, readAnswer } from './answer.ts'
import type { TestApp } from './app.ts'
import { setAccount } from './rows.ts'

export const PASSWORD = 'correct horse battery'

/** Where requests go: a Fastify instance, or a process behind a port (verify/instances.ts). */
export interface Door {
  inject(options: InjectOptions): Promise<Response>
}

export interface Client {
  /** What a browser would hold. */
  cookie: string | undefined
  token: string | undefined
  id: string
  email: string
  request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    options?: InjectOptions
  ): Promise<Answer>
  post(path: string, body?: unknown, options?: InjectOptions): Promise<Answer>
  get(path: string, options?: InjectOptions): Promise<Answer>
  put(path: string, body: unknown, options?: InjectOptions): Promise<Answer>
  delete(path: string, options?: InjectOptions): Promise<Answer>
  logIn(email: string, password?: string): Promise<Answer>
  refresh(): Promise<Answer>
}

/** A client that behaves like the existing one: a cookie jar for POSTs, a bearer once it has one. */
export function createClient(server: Door, prefix = '/accounts'): Client {
  const client: Client = {
    cookie: undefined,
    token: undefined,
    id: '',
    email: '',
    async request(method, path, body, options = {}) {
      const response = await server.inject({
        method,
        url: path.startsWith('//') ? path.slice(1) : `${prefix}${path}`,
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        ...options,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(client.token ? { authorization: `Bearer ${client.token}` } : {}),
          ...(client.cookie && method === 'POST' ? { cookie: `__Host-refresh=${client.cookie}` } : {}),
          ...options.headers
        }
      })
      const answer = readAnswer(response)
      if (answer.cookie !== undefined && method === 'POST') client.cookie = answer.cookie || undefined
      return answer
    },
    post: (path, body = {}, options) => client.request('POST', path, body, options),
    get: (path, options) => client.request('GET', path, undefined, options),
    put: (path, body, options) => client.request('PUT', path, body, options),
    delete: (path, options) => client.request('DELETE', path, undefined, options),
    async logIn(email, password = PASSWORD) {
      const answer = await client.post('/authenticate', { email, password })
      if (answer.status === 200) Object.assign(client, { token: answer.body.jwtToken, id: answer.body.id, email })
      return answer
    },
    async refresh() {
      const answer = await client.post('/refresh-token')
      if (answer.status === 200) client.token = answer.body.jwtToken
      return answer
    }
  }
  return client
}

/** A password as forms send it, twice. */
export const passwords = (password = PASSWORD, confirmPassword = password) => ({ password, confirmPassword })

export const registration = (email: string, more: Record<string, unknown> = {}) => ({
  title: 'Ms',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email,
  ...passwords(),
  acceptTerms: true,
  ...more
})

let members = 0

/** A member who signed up, verified by the mailed link and logged in: fixtures use the public door. */
export async function createMember(
  app: Pick<TestApp, 'mail' | 'db'> & { server: Door },
  { email = `member${members + 1}@example.com`, role = 'User' as 'User' | 'Admin', login = true } = {}
): Promise<Client> {
  members++
  const client = createClient(app.server)
  // From an address of the member's own: tests make more members than anybody may from one.
  const home = { remoteAddress: `10.${(members >> 16) & 255}.${(members >> 8) & 255}.${members & 255}` }
  await client.post('/register', registration(email), home)
  await client.post('/verify-email', { token: await app.mail.secret(email) }, home)
  // Who is Admin is the installation's business, not a request's: there is no other door.
  if (role === 'Admin') await setAccount(app, email, { role })
  if (login) await client.logIn(email)
  return client
}
