import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type {} from '@fastify/swagger' // `hide` in route schemas
import type { FastifyInstance, FastifyReply } from 'fastify'

const HERE = new URL('./', import.meta.url)

// The colours, and all that a page of this house is measured by, are the web client's: one file for all of them.
const THEME = new URL('../../examples/react-spa/src/theme/', import.meta.url)
const OF_THE_THEME = ['tokens.css', 'icon.svg']

/** Pages load from here and nowhere else, and nobody frames them. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml'
}

/** Route options of everything here: open to anyone, no part of the API. */
export const OPEN = { config: { public: true }, schema: { hide: true } } as const

/** A page of this folder, read at boot. */
export function readPage(name: string): string {
  return readFileSync(new URL(`${name}.html`, HERE), 'utf8')
}

export interface Asset {
  name: string
  type: string
  body: string
}

/** A style sheet, a script or the icon, read at boot. */
export function readAsset(name: string): Asset {
  const type = TYPES[extname(name)]
  if (!type) throw new Error(`no asset of a page has a name like ${name}`)
  return { name, type, body: readFileSync(new URL(name, OF_THE_THEME.includes(name) ? THEME : HERE), 'utf8') }
}

/** Leaves out lines that lead to a route which this server does not have: /docs may be off, mail may go elsewhere. */
export function withoutDeadLinks(text: string, app: FastifyInstance): string {
  return text.replace(/^.*data-route="([^"]*)".*\n/gm, (line, url: string) =>
    app.hasRoute({ method: 'GET', url }) ? line : ''
  )
}

/** Answers with a page under a policy; what is said of it here may be said otherwise by `more`. */
export function sendPage(
  reply: FastifyReply,
  page: string,
  policy = POLICY,
  more: Record<string, string> = {}
): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      // Addresses of these pages may hold a secret.
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      ...more
    })
    .send(page)
}
