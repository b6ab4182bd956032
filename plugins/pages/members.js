import { askAsMember } from './api.js'
import { complain, onClick, onSubmit } from './forms.js'

const PER_PAGE = 10

const byId = id => document.getElementById(id)
const panel = byId('admin')
const list = byId('members')
const message = byId('admin-message')

let self // the Admin's own id
let next // where the following page is, by the Link header
let page = 0

/** Shows the Admin all members, page by page. */
export function showMembers(account) {
  if (self === account.id && !panel.hidden) return // a refreshed session keeps its place
  self = account.id
  panel.hidden = false
  firstPage().catch(error => complain(message, error))
}

/** Hides the Admin's list, and forgets it. */
export function hideMembers() {
  self = undefined
  panel.hidden = true
  list.replaceChildren()
}

onClick(byId('first-page'), message, firstPage)
onClick(byId('next-page'), message, async () => {
  if (next) await load(next, page + 1)
})

byId('search-form').addEventListener('submit', event => event.preventDefault())
byId('search').addEventListener('input', () => {
  firstPage().catch(error => complain(message, error))
})

onSubmit(byId('create-form'), async values => {
  const { body } = await askAsMember('POST', '/accounts', values)
  byId('create-form').reset()
  await firstPage()
  return `${body.email} now has an account.`
})

async function firstPage() {
  const query = new URLSearchParams({ limit: PER_PAGE })
  const q = byId('search').value.trim()
  if (q) query.set('q', q)
  await load(`/accounts?${query}`, 1)
}

let latest = 0

async function load(path, number) {
  latest += 1
  const mine = latest
  const { body, headers } = await askAsMember('GET', path)
  if (mine !== latest) return // a later question was asked meanwhile
  page = number
  next = nextOf(headers.get('Link'), path)
  list.replaceChildren(...body.map(row))
  byId('page').textContent = body.length > 0 ? `Page ${page}` : 'No members found'
  byId('first-page').hidden = page === 1
  byId('next-page').hidden = next === undefined
}

/** The target of rel="next" (RFC 8288), seen from `path`; on this very origin, for the API may have another name. */
function nextOf(header, path) {
  const link = header?.split(/,\s*(?=<)/).find(part => /;\s*rel="?next"?/.test(part))
  const target = link && /<([^>]*)>/.exec(link)?.[1]
  if (target === undefined) return undefined
  const { pathname, search } = new URL(target, new URL(path, location.href))
  return pathname + search
}

function row(account) {
  const item = document.createElement('li')
  const who = document.createElement('div')
  who.className = 'who'
  who.append(line('', `${account.title} ${account.firstName} ${account.lastName}`), line('small muted', account.email))
  item.append(who)
  if (!account.isVerified) item.append(line('badge', 'not verified'))
  item.append(line('badge', account.role))
  if (account.id !== self) item.append(deletion(account, item))
  return item
}

function line(className, text) {
  const span = document.createElement('span')
  span.className = className
  span.textContent = text
  return span
}

function deletion(account, item) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet danger'
  button.textContent = 'Delete'
  button.ariaLabel = `Delete ${account.email}`
  onClick(button, message, async () => {
    if (!confirm(`Delete the account of ${account.email}?`)) return
    await askAsMember('DELETE', `/accounts/${encodeURIComponent(account.id)}`)
    item.remove()
    return `The account of ${account.email} was deleted.`
  })
  return button
}
