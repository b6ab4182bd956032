import { ask } from './api.js'
import { onSubmit } from './forms.js'
import { takeProof } from './proof.js'

const form = document.getElementById('verify-form')
const proof = takeProof()
document.getElementById('by-link').hidden = !proof.isLink

// Only on a click: programs that look into mail open links, and must not change anything by that.
onSubmit(form, async values => {
  const { body } = await ask('POST', '/accounts/verify-email', { body: proof.of(values) })
  for (const element of form.children) element.hidden = !element.matches('.message')
  const next = document.getElementById('next')
  next.hidden = false
  next.querySelector('a').focus()
  return body.message
})
