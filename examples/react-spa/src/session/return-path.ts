import type { Location } from 'react-router'

/** The sign-in page, which leads back afterwards; in the Admin area to the page alone, since the next may be another person. */
export function signInPath({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): string {
  const next = pathname.startsWith('/admin/') ? pathname : pathname + search + hash
  return `/account/sign-in?${new URLSearchParams({ next })}`
}

/** Where to go after the sign-in: a path of this site, whatever a link puts into `next` (open redirects, CWE-601). */
export function returnPath(next: string | null): string {
  if (next === null || !URL.canParse(next, location.origin)) return '/'
  const { protocol, origin, pathname, search, hash } = new URL(next, location.origin)
  // The origin of a blob: is the one within it, and its path a whole address.
  const isHere = protocol === location.protocol && origin === location.origin
  // A path that begins with two slashes is the address of another host.
  return isHere && /^\/(?!\/)/.test(pathname) ? pathname + search + hash : '/'
}
