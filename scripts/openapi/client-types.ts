import openapiTS, { astToString } from 'openapi-typescript'

const HEADER = `// Made by npm run check -- --write, out of docs/openapi.json: what the API takes and answers, as types.
// Do not edit: the source is the schemas of the routes.

`

/**
 * The types of a client, as TypeScript: `paths` and `operations` for openapi-fetch, and every named schema under its
 * own name.
 *
 * @param document as JSON
 */
export async function clientTypes(document: string): Promise<string> {
  const nodes = await openapiTS(document, {
    // `Account` rather than `components['schemas']['Account']`
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    // A default is what the server takes when the field is not sent: who sends may leave it out.
    defaultNonNullable: false
  })
  return HEADER + astToString(nodes)
}
