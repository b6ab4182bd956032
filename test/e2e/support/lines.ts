import type { Request } from 'playwright-core'

/** Where a stage's pages and its API are: their origins, which may be one. */
export interface Site {
  pages: string
  api: string
}

/** A request as tests write it, such as `POST /accounts/authenticate`: without a query, and with a foreign origin only. */
export function lineOf(request: Request, { pages, api }: Site): string {
  const { origin, pathname } = new URL(request.url())
  return `${request.method()} ${[pages, api].includes(origin) ? '' : origin}${pathname}`
}
