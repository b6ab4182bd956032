/** An answer of the API that is not a success: RFC 9457 problem details, or no answer at all. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.message ?? `The server answered ${status}.`)
    this.status = status
    this.code = problem.code
    this.errors = Array.isArray(problem.errors) ? problem.errors : []
  }
}

/** Asks the API. Returns body and headers of a success, throws a Refusal otherwise. */
export async function ask(method, path, { body, token } = {}) {
  const headers = { Accept: 'application/json, application/problem+json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (token !== undefined) headers.Authorization = `Bearer ${token}`
  let response
  try {
    response = await fetch(path, { method, headers, credentials: 'include', body: body && JSON.stringify(body) })
  } catch {
    throw new Refusal(0, { detail: 'The server cannot be reached.' })
  }
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refusal(response.status, answer)
  return { body: answer, headers: response.headers }
}

/** Who is logged in. The access token lives in this variable only, the refresh token in a cookie no script sees. */
let session
let tell = () => {}

/** Calls `listener` with the account, or with undefined, whenever that changes. */
export function onSession(listener) {
  tell = listener
}

/** Signs in, or throws the Refusal. */
export async function signIn(email, password) {
  keep(await ask('POST', '/accounts/authenticate', { body: { email, password } }))
}

/** Renews the access token by the cookie; a 401 forgets the member. */
export async function refresh() {
  try {
    keep(await ask('POST', '/accounts/refresh-token', { body: {} }))
  } catch (refusal) {
    if (refusal.status === 401) forget()
    throw refusal
  }
}

/** Ends the session here and on the server. */
export async function signOut() {
  try {
    await ask('POST', '/accounts/revoke-token', { body: {}, token: session?.token })
  } catch (refusal) {
    if (refusal.status !== 401) throw refusal // 401: there was nothing left to end
  }
  forget()
}

/** Asks as the member; an access token that has run out is renewed once. */
export async function askAsMember(method, path, body) {
  try {
    return await ask(method, path, { body, token: session?.token })
  } catch (refusal) {
    if (refusal.status !== 401) throw refusal
    await refresh()
    return await ask(method, path, { body, token: session?.token })
  }
}

function keep({ body: { jwtToken, ...account } }) {
  session = { token: jwtToken, account }
  tell(account)
}

function forget() {
  session = undefined
  tell(undefined)
}
