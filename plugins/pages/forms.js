import { Refusal } from './api.js'

/** Sends a form's values by `send`; its message line shows what that returns, or what was refused. */
export function onSubmit(form, send) {
  const message = form.querySelector('.message')
  let busy = false
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (busy) return
    busy = true
    mark(form, true)
    clear(form, message)
    try {
      say(message, await send(valuesOf(form)))
    } catch (refusal) {
      showRefusal(form, message, refusal)
    } finally {
      busy = false
      mark(form, false)
    }
  })
}

/** Runs `act` on a click; `message` shows what it returns, or what was refused. */
export function onClick(button, message, act) {
  button.addEventListener('click', async () => {
    if (button.ariaDisabled === 'true') return
    button.ariaDisabled = 'true'
    say(message, '')
    try {
      say(message, await act())
    } catch (refusal) {
      complain(message, refusal)
    } finally {
      button.ariaDisabled = 'false'
    }
  })
}

/** Puts text into a message line, always as text: what the API says may quote anything. */
export function say(message, text = '', bad = false) {
  message.classList.toggle('bad', bad)
  message.textContent = text
}

/** Shows what the API refused; anything else is a fault of the page, and goes on to the console. */
export function complain(message, error) {
  say(message, error instanceof Refusal ? error.message : 'Something went wrong on this page.', true)
  if (!(error instanceof Refusal)) throw error
}

function valuesOf(form) {
  const values = Object.fromEntries(new FormData(form))
  for (const box of form.querySelectorAll('input[type=checkbox]')) values[box.name] = box.checked
  return values
}

function mark(form, busy) {
  form.ariaBusy = String(busy)
  for (const button of form.querySelectorAll('button')) button.ariaDisabled = String(busy)
}

function clear(form, message) {
  say(message)
  for (const fault of form.querySelectorAll('.fault')) fault.remove()
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
  }
}

/** Faults stand at their fields; those of no field follow the message. The first faulty field takes the focus. */
function showRefusal(form, message, refusal) {
  complain(message, refusal)
  const faults = refusal.errors.map(({ path, message: text }) => {
    const name = String(path).split('/').at(-1)
    return { input: form.querySelector(`[name="${CSS.escape(name)}"]`), name, text }
  })
  for (const { input, text } of faults) if (input) attach(input, text)
  const rest = faults.filter(({ input }) => !input).map(({ name, text }) => (name ? `${name}: ${text}` : text))
  if (rest.length > 0) say(message, [refusal.message, ...rest].join(' · '), true)
  faults.find(({ input }) => input)?.input.focus()
}

function attach(input, text) {
  const id = `${input.id}-fault`
  const known = document.getElementById(id)
  if (known) {
    known.textContent += ` · ${text}`
    return
  }
  const fault = document.createElement('span')
  fault.className = 'fault'
  fault.id = id
  fault.textContent = text
  input.closest('.field').append(fault)
  input.setAttribute('aria-invalid', 'true')
  input.setAttribute('aria-describedby', id)
}
