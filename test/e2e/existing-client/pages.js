// Its pages, as far as they call the API: forms whose fields are named as the API's, and a message that is shown as HTML.
const main = document.querySelector('main')
const alertBox = document.querySelector('#alert')
const OPEN = /^\/account\//

/** What a page does when it is opened (it may fill the form), and what with the form. */
const pages = {
  '/account/login': {
    submit: ({ email, password }) => accountService.login(email, password).then(() => go('/profile'))
  },
  '/account/register': {
    submit: params =>
      accountService
        .register({ ...params, acceptTerms: params.acceptTerms === 'on' })
        .then(() => go('/account/login', 'Registration successful, please check your email'))
  },
  '/account/verify-email': {
    open: () =>
      accountService.verifyEmail(takeToken()).then(
        () => go('/account/login', 'Verification successful, you can now login'),
        () => say('Verification failed')
      )
  },
  '/account/forgot-password': {
    submit: ({ email }) => accountService.forgotPassword(email).then(() => say('Please check your email'))
  },
  '/account/reset-password': {
    open() {
      const token = takeToken()
      return accountService.validateResetToken(token).then(() => ({ token }))
    },
    submit: params => accountService.resetPassword(params).then(() => go('/account/login', 'Password reset successful'))
  },
  '/profile': { open: async () => show(user) },
  '/profile/update': {
    open: async () => user,
    submit: params => accountService.update(user.id, params).then(() => go('/profile', 'Update successful'))
  },
  '/admin/users': { open: () => accountService.getAll().then(list) },
  '/admin/users/add': { submit: params => accountService.create(params).then(() => go('/admin/users', 'User added')) },
  '/admin/users/edit': {
    open: () => accountService.getById(new URLSearchParams(location.search).get('id')),
    submit: ({ id, ...params }) => accountService.update(id, params).then(() => go('/admin/users', 'Update successful'))
  }
}

/** It reads the token from the query and drops it from the address bar at once. */
function takeToken() {
  const token = new URLSearchParams(location.search).get('token')
  history.replaceState({}, '', location.pathname)
  return token
}

function go(path, message = '') {
  history.pushState({}, '', path)
  render()
  say(message)
}

function say(message) {
  alertBox.innerHTML = message
}

async function render() {
  if (!user && !OPEN.test(location.pathname)) return go('/account/login')
  const { open = async () => {}, submit } = pages[location.pathname] ?? pages['/profile']
  const template = document.querySelector(`template[data-path="${location.pathname}"]`)
  main.replaceChildren(template?.content.cloneNode(true) ?? '')
  for (const part of main.querySelectorAll('[data-part]'))
    part.append(document.querySelector(`#${part.dataset.part}`).content.cloneNode(true))
  const form = main.querySelector('form')
  form?.addEventListener('submit', event => {
    event.preventDefault()
    submit(Object.fromEntries(new FormData(form))).catch(say)
  })
  const account = await open().catch(say)
  for (const field of form?.elements ?? []) if (account?.[field.name]) field.value = account[field.name]
}

function show(account) {
  for (const name of ['id', 'firstName', 'lastName', 'email', 'role'])
    main.querySelector(`[data-field=${name}]`).textContent = account[name]
}

function list(accounts) {
  main.querySelector('ul').replaceChildren(...accounts.map(line))
}

function line({ id, firstName, lastName, email, role }) {
  const item = document.createElement('li')
  const text = document.createElement('span')
  text.textContent = `${firstName} ${lastName} ${email} ${role}`
  item.append(
    text,
    button('Edit', () => go(`/admin/users/edit?id=${id}`)),
    button('Delete', () => accountService.delete(id).then(() => item.remove(), say))
  )
  return item
}

function button(name, click) {
  const element = document.createElement('button')
  element.textContent = name
  element.addEventListener('click', click)
  return element
}

addEventListener('user', () => {
  document.querySelector('nav').hidden = !user
})
for (const link of document.querySelectorAll('nav a'))
  link.addEventListener('click', event => {
    event.preventDefault()
    go(link.getAttribute('href'))
  })
document.querySelector('#logout').addEventListener('click', accountService.logout)

// At its start, with and without a cookie.
accountService.refreshToken().finally(render)
