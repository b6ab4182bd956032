import { createClient } from 'guildhall/client'

/** The API, and the session of this browser: the one place that knows where the API is. */
export const client = createClient({
  baseUrl: import.meta.env.VITE_API_URL || '/',
  fetch: inChosenLanguage
})

/** Mails come in the language of the request: in the one that was chosen here, whatever the browser prefers. */
async function inChosenLanguage(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  request.headers.set('Accept-Language', document.documentElement.lang)
  return await fetch(request)
}
