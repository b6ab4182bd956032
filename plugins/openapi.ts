import { isDeepStrictEqual } from 'node:util'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema } from 'fastify'
import fp from 'fastify-plugin'

export interface OpenApiOptions {
  publicUrl: string
  version: string
  docs: boolean
}

const TAGS = [
  { name: 'Registration', description: 'Signing up, and proving an address.' },
  { name: 'Sessions', description: 'Signing in, refreshing and signing out.' },
  { name: 'Recovery', description: 'A forgotten password, and a new one by mail.' },
  { name: 'Accounts', description: "One's own account, or any as Admin." },
  { name: 'Keys', description: 'Public keys of access tokens.' },
  { name: 'Operation', description: 'Whether the service lives and serves.' }
]

const OF_BODIES = ['413', '415']

/** The OpenAPI 3.1 document at /openapi.json, out of the routes' own schemas, and pages to try it at /docs. */
export default fp<OpenApiOptions>(
  async (app, { publicUrl, version, docs }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Guildhall',
          version,
          description: "A membership API for teams that own their members' data.",
          license: { name: 'MIT', identifier: 'MIT' }
        },
        servers: [{ url: publicUrl }],
        tags: TAGS,
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } }
      },
      transform: ({ schema, url, route }) => ({
        schema: withoutBodyFaults({ security: route.config?.public ? [] : [{ bearer: [] }], ...schema }),
        url: url.replace(/(.)\/$/, '$1') // a room's own `/` is served without the slash, too
      }),
      transformObject: document =>
        'openapiObject' in document ? nameSchemas(document.openapiObject) : document.swaggerObject
    })
    if (docs)
      await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, theme: { title: 'Guildhall API' } })

    app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async () => app.swagger())
  },
  { name: 'guildhall-openapi', fastify: '5.x' }
)

/** Leaves out what only a body can cause where there is none. */
function withoutBodyFaults<T extends FastifySchema>(schema: T): T {
  if (schema.body !== undefined) return schema
  const answers = Object.entries(schema.response ?? {}).filter(([status]) => !OF_BODIES.includes(status))
  return { ...schema, response: Object.fromEntries(answers) }
}

/**
 * Moves every schema with a `title` into components.schemas, so that generated clients get named
 * types; and takes out keywords that only our own validator knows.
 */
function nameSchemas<T extends object>(document: T): T {
  const named: Record<string, unknown> = {}
  const walk = (node: unknown, insideSchema: boolean): unknown => {
    if (node === 'Default Response') return 'OK' // @fastify/swagger's word for an answer that has no description
    if (Array.isArray(node)) return node.map(item => walk(item, insideSchema))
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).filter(([key]) => key !== 'x-equals' && key !== 'x-password-policy')
    const copy = Object.fromEntries(entries.map(([key, value]) => [key, walk(value, insideSchema || key === 'schema')]))
    if (!insideSchema || typeof copy.title !== 'string' || copy.type !== 'object') return copy
    const { title, ...schema } = copy
    named[title] ??= schema
    if (!isDeepStrictEqual(named[title], schema)) throw new Error(`two schemas have the title ${title}`)
    return { $ref: `#/components/schemas/${title}` }
  }
  const walked = {
    ...document,
    ...Object.fromEntries(Object.entries(document).map(([key, value]) => [key, walk(value, false)]))
  }
  const components = { ...(Reflect.get(walked, 'components') ?? {}), schemas: named }
  return { ...walked, components }
}
