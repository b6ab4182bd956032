import { ask, onSession, refresh, signIn, signOut } from './api.js'
import { onClick, onSubmit, say } from './forms.js'
import { hideMembers, showMembers } from './members.js'

const byId = id => document.getElementById(id)
const sections = [...document.querySelectorAll('[data-choice]')]

onSubmit(byId('sign-in-form'), async ({ email, password }) => {
  await signIn(email, password)
  byId('sign-in-form').reset()
  byId('member-title').focus()
})

onSubmit(byId('sign-up-form'), async values => {
  const { body } = await ask('POST', '/accounts/register', { body: values })
  byId('sign-up-form').reset()
  return body.message
})

onSubmit(byId('forgot-form'), async ({ email }) => {
  const { body } = await ask('POST', '/accounts/forgot-password', { body: { email } })
  return body.message
})

onClick(byId('refresh'), byId('member-message'), async () => {
  await refresh()
  return `Refreshed at ${new Date().toLocaleTimeString()}.`
})

onClick(byId('sign-out'), byId('member-message'), async () => {
  await signOut()
  byId('sign-in-title').focus()
})

onSession(account => {
  byId('guest').hidden = account !== undefined
  byId('member').hidden = account === undefined
  if (account) showAccount(account)
  else say(byId('member-message'))
  if (account?.role === 'Admin') showMembers(account)
  else hideMembers()
})

addEventListener('hashchange', () => choose(true))
choose(false)
// A session may be left from before. 401 is the ordinary answer when there is none.
refresh().catch(refusal => {
  byId('guest').hidden = false
  if (refusal.status !== 401) say(byId('sign-in-form').querySelector('.message'), refusal.message, true)
})

/** Shows the form that the address names. */
function choose(focus) {
  const wanted = sections.find(section => location.hash === `#${section.dataset.choice}`) ?? sections[0]
  for (const section of sections) section.hidden = section !== wanted
  for (const link of document.querySelectorAll('.choices a')) {
    if (link.hash === `#${wanted.dataset.choice}`) link.ariaCurrent = 'true'
    else link.removeAttribute('aria-current')
  }
  if (focus) wanted.querySelector('h2').focus()
}

function showAccount({ title, firstName, lastName, email, role, created, updated, isVerified, id }) {
  const time = iso => (iso ? new Date(iso).toLocaleString() : 'never')
  const facts = [
    ['Name', `${title} ${firstName} ${lastName}`],
    ['E-mail address', `${email}${isVerified ? '' : ' (not verified)'}`],
    ['Role', role],
    ['Member since', time(created)],
    ['Last changed', time(updated)],
    ['Id', id]
  ]
  byId('account').replaceChildren(
    ...facts.flatMap(([label, value]) =>
      [
        ['dt', label],
        ['dd', value]
      ].map(([tag, text]) => {
        const element = document.createElement(tag)
        element.textContent = text
        return element
      })
    )
  )
}
