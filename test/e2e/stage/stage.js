// What a client may do wrong, one by one: the tests of the stage ask for it.
const API = 'http://api.invalid'

const call = (path, body = {}) =>
  fetch(API + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'include',
    body: JSON.stringify(body)
  })

// biome-ignore lint/correctness/noUnusedVariables: for the tests
const misdeeds = {
  warn: () => console.warn('a warning'),
  error: () => console.error('an error'),
  throw: () =>
    setTimeout(() => {
      throw new Error('nobody catches it')
    }),
  reject: () => void Promise.reject(new Error('nobody awaits it')),
  refused: () => call('/accounts/refresh-token'),
  missing: () => fetch('/missing.json'),
  unreachable: () => fetch('http://localhost:9').catch(() => {}),
  inlineScript() {
    const script = document.createElement('script')
    script.textContent = 'document.title = "changed"'
    document.body.append(script)
  },
  inlineStyle: () => document.body.setAttribute('style', 'color: red'),
  foreignImage() {
    new Image().src = 'http://127.0.0.1:9/image.png'
  },
  evaluate() {
    // Later: what the tests themselves call may make code out of text.
    setTimeout(() => new Function('return 1')())
  },
  noLabel() {
    document.querySelector('main').append(document.createElement('input'))
  }
}
