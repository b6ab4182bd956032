/**
 * What a page sends to show that a mail was read: the token of the link that led here, or else the address and the code
 * that are typed in. The token leaves the address bar, and with it history and bookmarks, before anything else.
 */
export function takeProof() {
  const token = new URLSearchParams(location.search).get('token')
  history.replaceState(null, '', location.pathname)
  const isLink = Boolean(token)
  document.getElementById('by-code').hidden = isLink
  return { isLink, of: ({ email, code }) => (isLink ? { token } : { email, code: code.trim() }) }
}
