import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'

/** The parts of our own OpenAPI document that proofs read. */
const Parameter = Type.Object({ name: Type.String(), in: Type.String(), schema: Type.Unknown() })
const Content = Type.Record(Type.String(), Type.Object({ schema: Type.Unknown() }))
const Operation = Type.Object({
  operationId: Type.String(),
  security: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Array(Type.String())))),
  parameters: Type.Optional(Type.Array(Parameter)),
  requestBody: Type.Optional(Type.Object({ content: Content })),
  responses: Type.Record(Type.String(), Type.Object({ content: Type.Optional(Content) }))
})
const Document = Type.Object({
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)),
  components: Type.Object({ schemas: Type.Record(Type.String(), Type.Unknown()) })
})
const isDocument = TypeCompiler.Compile(Document)

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
export type Method = (typeof METHODS)[number]

export interface Operation {
  id: string
  method: Method
  path: string
  /** Whether it needs a bearer. */
  guarded: boolean
  parameters: (typeof Parameter)['static'][]
  /** The schema of its body, if it takes one. */
  body: unknown
  /** By status, then by content type, the schema. */
  responses: Record<string, (typeof Content)['static']>
}

export interface OpenApi {
  operations: Operation[]
  schemas: Record<string, unknown>
}

/** @throws TypeError for what is not a document of ours */
export function readOpenApi(document: unknown): OpenApi {
  if (!isDocument.Check(document)) throw new TypeError(`not our document: ${isDocument.Errors(document).First()?.path}`)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, { operationId, security = [], parameters = [], requestBody, responses }]) => {
      const method = METHODS.find(method => method === name.toUpperCase())
      if (!method) throw new TypeError(`a method that proofs do not know: ${name}`)
      return {
        id: operationId,
        method,
        path,
        guarded: security.length === 1 && security[0]?.bearer !== undefined,
        parameters,
        body: requestBody?.content['application/json']?.schema,
        responses: Object.fromEntries(Object.entries(responses).map(([status, { content = {} }]) => [status, content]))
      }
    })
  )
  return { operations, schemas: document.components.schemas }
}

/** What only members may do. */
export function guardedOperations(document: unknown): Operation[] {
  return readOpenApi(document).operations.filter(({ guarded }) => guarded)
}
