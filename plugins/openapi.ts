import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
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
      transformObject: document =>
        'openapiObject' in document ? nameSchemas(document.openapiObject) : document.swaggerObject
    })
    if (docs)
      await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, theme: { title: 'Guildhall API' } })

    app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async () => app.swagger())
  },
  { name: 'guildhall-openapi', fastify: '5.x' }
)

/**
 * Moves every schema with a `title` into components.schemas, so that generated clients get named
 * types; and takes out keywords that only our own validator knows.
 */
function nameSchemas<T extends object>(document: T): T {
  const named: Record<string, unknown> = {}
  const walk = (node: unknown, insideSchema: boolean): unknown => {
    if (Array.isArray(node)) return node.map(item => walk(item, insideSchema))
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).filter(([key]) => key !== 'x-equals' && key !== 'x-password-policy')
    const copy = Object.fromEntries(entries.map(([key, value]) => [key, walk(value, insideSchema || key === 'schema')]))
    if (!insideSchema || typeof copy.title !== 'string' || copy.type !== 'object') return copy
    const { title, ...schema } = copy
    named[title] ??= schema
    return { $ref: `#/components/schemas/${title}` }
  }
  const walked = {
    ...document,
    ...Object.fromEntries(Object.entries(document).map(([key, value]) => [key, walk(value, false)]))
  }
  const components = { ...(Reflect.get(walked, 'components') ?? {}), schemas: named }
  return { ...walked, components }
}
