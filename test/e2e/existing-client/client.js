// What the client of the reference system does with the API: its fetch wrapper and its account service. What it does not do
// (no catch after the timer's refresh, none after logging out, no lock between tabs) belongs to it.
const apiUrl = 'http://api.invalid'
const baseUrl = `${apiUrl}/accounts`

let user = null
let refreshTokenTimeout

const fetchWrapper = {
  get: url => fetch(url, { method: 'GET', headers: authHeader(url) }).then(handleResponse),
  post: (url, body) =>
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...authHeader(url) },
      credentials: 'include',
      body: JSON.stringify(body)
    }).then(handleResponse),
  put: (url, body) =>
    fetch(url, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', ...authHeader(url) },
      body: JSON.stringify(body)
    }).then(handleResponse),
  delete: url => fetch(url, { method: 'DELETE', headers: authHeader(url) }).then(handleResponse)
}

function authHeader(url) {
  return user?.jwtToken && url.startsWith(apiUrl) ? { Authorization: `Bearer ${user.jwtToken}` } : {}
}

function handleResponse(response) {
  return response.text().then(text => {
    const data = text && JSON.parse(text)
    if (response.ok) return data
    if ([401, 403].includes(response.status) && user) accountService.logout()
    return Promise.reject(data?.message || response.statusText)
  })
}

const accountService = {
  login: (email, password) => fetchWrapper.post(`${baseUrl}/authenticate`, { email, password }).then(enter),

  logout() {
    fetchWrapper.post(`${baseUrl}/revoke-token`, {})
    clearTimeout(refreshTokenTimeout)
    publish(null)
    go('/account/login')
  },

  refreshToken: () => fetchWrapper.post(`${baseUrl}/refresh-token`, {}).then(enter),

  register: params => fetchWrapper.post(`${baseUrl}/register`, params),
  verifyEmail: token => fetchWrapper.post(`${baseUrl}/verify-email`, { token }),
  forgotPassword: email => fetchWrapper.post(`${baseUrl}/forgot-password`, { email }),
  validateResetToken: token => fetchWrapper.post(`${baseUrl}/validate-reset-token`, { token }),
  resetPassword: params => fetchWrapper.post(`${baseUrl}/reset-password`, params),

  getAll: () => fetchWrapper.get(baseUrl),
  getById: id => fetchWrapper.get(`${baseUrl}/${id}`),
  create: params => fetchWrapper.post(baseUrl, params),

  update: (id, params) =>
    fetchWrapper.put(`${baseUrl}/${id}`, params).then(updated => {
      if (updated.id === user.id) publish({ ...user, ...updated })
      return updated
    }),

  delete: id =>
    fetchWrapper.delete(`${baseUrl}/${id}`).then(answer => {
      if (id === user.id) accountService.logout()
      return answer
    })
}

function enter(account) {
  publish(account)
  startRefreshTokenTimer()
  return account
}

function startRefreshTokenTimer() {
  const jwtToken = JSON.parse(atob(user.jwtToken.split('.')[1]))
  const expires = new Date(jwtToken.exp * 1000)
  const timeout = expires.getTime() - Date.now() - 60 * 1000
  refreshTokenTimeout = setTimeout(accountService.refreshToken, timeout)
}

function publish(account) {
  user = account
  dispatchEvent(new Event('user'))
}
