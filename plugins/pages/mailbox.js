const POLL = 2000 // ms

const byId = id => document.getElementById(id)
const filter = byId('filter')
const items = new Map() // list entries by message id, kept so that focus survives new mail

let messages = []
let etag
let selected
let format = 'html'

filter.value = new URLSearchParams(location.search).get('to') ?? ''
filter.addEventListener('input', showList)
byId('as-html').addEventListener('click', () => show(selected, 'html'))
byId('as-text').addEventListener('click', () => show(selected, 'text'))
byId('text').tabIndex = 0 // it scrolls, and who has no pointer scrolls by the keyboard
document.addEventListener('visibilitychange', poll)
poll()
setInterval(poll, POLL)

async function poll() {
  if (document.hidden) return
  try {
    const headers = etag ? { 'If-None-Match': etag } : {}
    const response = await fetch('/dev/mailbox.json', { headers, cache: 'no-store' })
    if (response.status === 304) return
    if (!response.ok) throw new Error(`The mailbox answered ${response.status}`)
    etag = response.headers.get('ETag')
    messages = await response.json()
    showList()
  } catch {
    etag = undefined
    byId('count').textContent = 'The server cannot be reached; trying again.'
  }
}

function showList() {
  const wanted = filter.value.trim().toLowerCase()
  const shown = messages.filter(({ to }) => to.toLowerCase().includes(wanted))
  for (const id of items.keys()) if (!messages.some(message => message.id === id)) items.delete(id)
  place(shown.map(message => items.get(message.id) ?? entry(message)))
  byId('count').textContent = `${shown.length} ${shown.length === 1 ? 'message' : 'messages'}`
  byId('empty').textContent = messages.length === 0 ? 'No mail yet. It appears here by itself.' : 'Choose a message.'
  if (selected) return
  const first = shown.find(({ id }) => `#${id}` === location.hash) ?? shown[0]
  if (first) show(first, format)
}

/** Puts entries in order and moves none that stands right: moving would cost it the focus. */
function place(entries) {
  const list = byId('messages')
  const kept = new Set(entries)
  for (const element of [...list.children]) if (!kept.has(element)) element.remove()
  entries.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
  })
}

function entry(message) {
  const item = document.createElement('li')
  const button = document.createElement('button')
  button.type = 'button'
  const time = part('time', '', when(message))
  time.dateTime = message.date
  button.append(part('span', 'subject', message.subject || '(no subject)'), time, part('span', 'to', message.to))
  button.addEventListener('click', () => {
    show(message, format)
    if (matchMedia('(max-width: 52rem)').matches) byId('reading').scrollIntoView()
  })
  item.append(button)
  items.set(message.id, item)
  return item
}

function part(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

function when({ date }) {
  const time = new Date(date)
  const today = time.toDateString() === new Date().toDateString()
  return today ? time.toLocaleTimeString() : time.toLocaleDateString()
}

function show(message, wanted) {
  selected = message
  format = wanted
  history.replaceState(null, '', `${location.search}#${message.id}`)
  const asHtml = format === 'html' && message.html !== ''
  for (const [id, item] of items) item.firstChild.ariaCurrent = String(id === message.id)
  byId('empty').hidden = true
  byId('heading').hidden = false
  byId('subject').textContent = message.subject || '(no subject)'
  byId('envelope').textContent = `To ${message.to}, ${new Date(message.date).toLocaleString()}`
  byId('as-html').ariaPressed = String(asHtml)
  byId('as-text').ariaPressed = String(!asHtml)
  byId('frame').hidden = !asHtml
  byId('text').hidden = asHtml
  if (asHtml) frame(`/dev/mailbox/${message.id}`)
  else byId('text').replaceChildren(...linked(message.text))
}

/** A new frame for each message: another address in the same one would become a step in the history. */
function frame(url) {
  const old = byId('frame')
  if (old.getAttribute('src') === url) return
  const fresh = old.cloneNode()
  fresh.src = url
  old.replaceWith(fresh)
}

/** The text with its web addresses as links. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((piece, index) => {
    if (index % 2 === 0) return piece
    const link = part('a', '', piece)
    link.href = piece
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
    return link
  })
}
