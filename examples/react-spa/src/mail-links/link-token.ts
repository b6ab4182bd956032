interface LinkToken {
  page: string
  token: string
}

let taken: LinkToken | undefined

/**
 * Takes the token of a link in a mail out of the address, and with it out of history, bookmarks and screenshots, before
 * anything else happens.
 */
export function takeLinkToken(): void {
  const token = new URLSearchParams(location.search).get('token')
  if (token === null) return
  taken = { page: location.pathname.replace(/\/+$/, ''), token } // the router takes a page with a slash behind it, too
  history.replaceState(history.state, '', location.pathname)
}

/** The token that led to this page; undefined when it was opened without one, or the token has done its work. */
export function linkToken(page: string): string | undefined {
  return taken?.page === page ? taken.token : undefined
}

/** It is used up, or worth nothing. */
export function dropLinkToken(): void {
  taken = undefined
}
