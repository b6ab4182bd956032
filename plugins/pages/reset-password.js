import { ask, takeToken } from './api.js'
import { onSubmit, say } from './forms.js'

const token = takeToken()
const form = document.getElementById('reset-form')
const message = form.querySelector('.message')

if (token === undefined) {
  retire('again')
  say(message, 'This link is incomplete. Please open it again from the mail.', true)
}

onSubmit(form, async ({ password, confirmPassword }) => {
  try {
    const { body } = await ask('POST', '/accounts/reset-password', { body: { token, password, confirmPassword } })
    retire('next')
    return body.message
  } catch (refusal) {
    if (refusal.status === 401) retire('again') // the link is dead: no password will do
    throw refusal
  }
})

/** The form has done its work; `id` names what leads on. */
function retire(id) {
  form.reset()
  for (const element of form.children) element.hidden = element !== message
  const next = document.getElementById(id)
  next.hidden = false
  next.querySelector('a').focus()
}
