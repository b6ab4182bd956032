// The frame of the API documentation: the bar of this house, and its light or dark in the way that Swagger UI knows.

const LINKS = [
  ['Web client', '/'], // data-route="/"
  ['Mailbox', '/dev/mailbox'], // data-route="/dev/mailbox"
  ['API documentation', '/docs']
]
const HERE = '/docs'

const root = document.documentElement
const system = matchMedia('(prefers-color-scheme: dark)')

function followAppearance() {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : system.matches
  root.classList.toggle('dark-mode', isDark)
}
followAppearance()
system.addEventListener('change', followAppearance)

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const icon = make('img', { src: document.querySelector('link[rel=icon]').href, alt: '' })
const items = LINKS.map(([label, href]) => {
  const link = make('a', { href }, label)
  if (href === HERE) link.ariaCurrent = 'page'
  return make('li', {}, link)
})
const links = make('nav', { ariaLabel: 'Pages of this server' }, make('ul', {}, ...items))
document.body.prepend(
  make('header', { className: 'house' }, make('span', { className: 'brand' }, icon, 'Guildhall'), links)
)
