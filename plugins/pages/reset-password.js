import { ask } from './api.js'
import { onSubmit } from './forms.js'
import { takeProof } from './proof.js'

const form = document.getElementById('reset-form')
const proof = takeProof()

onSubmit(form, async values => {
  const { password, confirmPassword } = values
  try {
    const body = { ...proof.of(values), password, confirmPassword }
    const answer = await ask('POST', '/accounts/reset-password', { body })
    retire('next')
    return answer.body.message
  } catch (refusal) {
    if (refusal.status === 401 && proof.isLink) retire('again') // the link is dead: no password will do
    throw refusal
  }
})

/** The form has done its work; `id` names what leads on. */
function retire(id) {
  form.reset()
  for (const element of form.children) element.hidden = !element.matches('.message')
  const next = document.getElementById(id)
  next.hidden = false
  next.querySelector('a').focus()
}
