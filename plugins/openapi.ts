import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { readNothingAsEmpty } from '../src/schemas.ts'
import { moveIntoComponents, OPTIONAL_BODY } from './openapi/components.ts'
import { INFO, SECURITY_SCHEMES, TAGS } from './openapi/texts.ts'
import { docsTheme } from './pages/docs-theme.ts'

export interface OpenApiOptions {
  publicUrl: string
  version: string
  docs: boolean
}

// The plugin's own lets in styles and fonts of any https server, and frames of this one.
const DOCS_POLICY =
  "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
  "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'"

/** The OpenAPI 3.1 document at /openapi.json, out of the routes' own schemas, and pages to try it at /docs. */
export default fp<OpenApiOptions>(
  async (app, { publicUrl, version, docs }) => {
    const isHttps = publicUrl.startsWith('https:')
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { ...INFO, version },
        servers: [{ url: publicUrl }],
        tags: TAGS,
        components: { securitySchemes: SECURITY_SCHEMES }
      },
      transform: ({ schema, url, route }) => ({
        schema: { ...schema, security: securityOf(route), [OPTIONAL_BODY]: takesNoBody(route) },
        url: url.replace(/(.)\/$/, '$1') // a room's own `/` is served without the slash, too
      }),
      transformObject: document =>
        'openapiObject' in document ? moveIntoComponents(document.openapiObject) : document.swaggerObject
    })
    if (docs)
      await app.register(swaggerUi, {
        routePrefix: '/docs',
        staticCSP: true,
        // Over http some browsers follow upgrade-insecure-requests even on localhost, and show an empty page.
        transformStaticCSP: () => (isHttps ? `${DOCS_POLICY}; upgrade-insecure-requests` : DOCS_POLICY),
        // Without a bar of its own, whose logo our policy refuses; and with the list of schemas folded.
        uiConfig: { layout: 'BaseLayout', defaultModelsExpandDepth: 0 },
        theme: docsTheme(app)
      })

    let document: Buffer | undefined // made once: it costs milliseconds, and answers that wait to be read share it
    app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async (_, reply) => {
      document ??= Buffer.from(JSON.stringify(app.swagger()))
      return reply.type('application/json; charset=utf-8').send(document)
    })
  },
  { name: 'guildhall-openapi', fastify: '5.x' }
)

/** @fastify/swagger takes every body for required. */
function takesNoBody({ preValidation = [] }: RouteOptions): boolean {
  return [preValidation].flat().includes(readNothingAsEmpty)
}

function securityOf({ config = {} }: RouteOptions): Record<string, string[]>[] {
  if (!config.public) return [{ bearer: [] }]
  // The empty alternative: it answers who brings neither, too.
  return config.accepts ? [...config.accepts.map(scheme => ({ [scheme]: [] })), {}] : []
}
