import { ask, takeToken } from './api.js'
import { onSubmit, say } from './forms.js'

const token = takeToken()
const form = document.getElementById('undo-form')
const message = form.querySelector('.message')

if (token === undefined) {
  retire()
  say(message, 'This link is incomplete. Please open it again from the mail.', true)
}

// Only on a click: programs that look into mail open links, and must not change anything by that.
onSubmit(form, async () => {
  const { body } = await ask('POST', '/accounts/undo-email-change', { body: { token } })
  retire()
  return body.message
})

function retire() {
  for (const element of form.children) element.hidden = element !== message
}
