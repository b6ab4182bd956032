import { subscribe } from 'node:diagnostics_channel'
import type { FastifyContextConfig, FastifyInstance, FastifySchema, RouteOptions } from 'fastify'

export interface Route {
  /** As `GET /accounts/:id`. */
  name: string
  method: string
  url: string
  config: Partial<FastifyContextConfig>
  schema: FastifySchema
}

const listings = new WeakMap<object, Route[]>()

// Fastify tells of every instance before anything is registered: so no route is missed, whoever adds it.
subscribe('fastify.initialization', message => {
  if (!isStart(message)) return
  const routes: Route[] = []
  listings.set(message.fastify, routes)
  message.fastify.addHook('onRoute', route => void routes.push(...readRoute(route)))
})

function isStart(message: unknown): message is { fastify: FastifyInstance } {
  return typeof message === 'object' && message !== null && 'fastify' in message
}

function readRoute({ method, url, config = {}, schema = {} }: RouteOptions): Route[] {
  // A room's own `/` stands under its prefix with and without the slash: the tests of spellings see to the second.
  const path = url.replace(/(.)\/$/, '$1')
  return [method].flat().map(name => ({ name: `${name} ${path}`, method: name, url: path, config, schema }))
}

/**
 * Every route of a server that was made after this module was loaded, out of Fastify's own onRoute; HEAD goes with GET,
 * and what is for people (/docs) or for preflights (`*`) is left out.
 */
export function routesOf(server: FastifyInstance): Route[] {
  const all = listings.get(server) ?? []
  const routes = all.filter(({ method, url }) => method !== 'HEAD' && url !== '*' && !/^\/docs(\/|$)/.test(url))
  if (routes.length === 0) throw new Error('import test/support/routes.ts before the server is made')
  return [...new Map(routes.map(route => [route.name, route])).values()]
}
