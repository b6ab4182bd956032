import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { readAsset, withoutDeadLinks } from './files.ts'

/** The API documentation in the looks of the house, with links to the other pages of this server. */
export function docsTheme(app: FastifyInstance): FastifySwaggerUiOptions['theme'] {
  const file = (name: string) => ({ filename: name, content: readAsset(name).body })
  const script = readAsset('docs.js')
  const icon = readAsset('icon.svg')
  return {
    title: 'API documentation – Guildhall',
    css: ['tokens.css', 'house.css', 'docs.css'].map(file),
    js: [
      file('appearance.js'),
      {
        filename: script.name,
        // When it is asked for: the pages that it leads to are registered after this one.
        get content() {
          return withoutDeadLinks(script.body, app)
        }
      }
    ],
    favicon: [{ filename: icon.name, rel: 'icon', type: icon.type, sizes: 'any', content: icon.body }]
  }
}
