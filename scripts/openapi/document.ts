// As much of OpenAPI 3.1 as our document uses (https://spec.openapis.org/oas/v3.1.1).

export interface OpenApiDocument {
  openapi: string
  info: { version: string; description: string }
  servers: object[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    examples: Record<string, Example>
    securitySchemes: Record<string, { name?: string }>
  }
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, Response>
}

export interface Parameter {
  name: string
  in: string
  description?: string
  required?: boolean
  schema: Schema
  example?: unknown
}

export interface Response {
  description: string
  headers?: Record<string, { schema: Schema }>
  content?: Content
}

export type Content = Record<string, MediaType>

export interface MediaType {
  schema: Schema
  example?: unknown
  examples?: Record<string, Example | { $ref: string }>
}

export interface Example {
  value: unknown
}

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  default?: unknown
  required?: string[]
  dependentRequired?: Record<string, string[]>
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  examples?: unknown[]
}

/** Every operation, and where it stands. */
export function operationsOf(document: OpenApiDocument) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, content]) => ({ name: `${method} ${path}`, path, method, content }))
  )
}

/** A JSON pointer as the fragment of a URL, as `$ref` has them (RFC 6901 §6). */
export function pointer(...steps: string[]): string {
  return ['#', ...steps.map(step => step.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
}
