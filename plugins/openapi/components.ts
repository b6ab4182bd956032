import { isDeepStrictEqual } from 'node:util'
import { PROBLEM_TYPE } from '../../src/problems.ts'

/** Of an operation, until here: its body need not be sent. */
export const OPTIONAL_BODY = 'x-optional-body'

/** Keywords that only our own validator and this file know. */
const OURS = ['x-equals', 'x-password-policy', 'x-token-or-code', OPTIONAL_BODY]

/** What is an example stays as it is, whatever it looks like. */
const EXAMPLES = ['example', 'examples']

/**
 * Moves every object and every enum with a `title` into components.schemas, so that generated clients get named types,
 * and the examples of problems into components.examples: each stands wherever its code may be answered.
 */
export function moveIntoComponents<T extends object>(document: T): T {
  const schemas = new Map<string, unknown>()
  const examples = new Map<string, unknown>()

  const walk = (node: unknown, insideSchema: boolean): unknown => {
    if (Array.isArray(node)) return node.map(item => walk(item, insideSchema))
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).filter(([key]) => !OURS.includes(key))
    const copy = Object.fromEntries(
      entries.map(([key, value]) => {
        if (key === PROBLEM_TYPE) return [key, { ...walkObject(value), examples: moveAll(value.examples) }]
        return [key, EXAMPLES.includes(key) ? value : walk(value, insideSchema || key === 'schema')]
      })
    )
    if (Reflect.get(node, OPTIONAL_BODY) === true) copy.requestBody = { ...copy.requestBody, required: false }
    if (!insideSchema || typeof copy.title !== 'string' || !(copy.type === 'object' || copy.enum)) return copy
    const { title, ...schema } = copy
    return move(schemas, 'schemas', title, schema)
  }
  const walkObject = (node: object) =>
    Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value, key === 'schema')]))
  const moveAll = (named: object = {}) =>
    Object.fromEntries(
      Object.entries(named).map(([name, example]) => [name, move(examples, 'examples', name, example)])
    )

  const walked = { ...document, ...walkObject(document) }
  const components = {
    ...(Reflect.get(walked, 'components') ?? {}),
    schemas: Object.fromEntries(schemas),
    examples: Object.fromEntries(examples)
  }
  return { ...walked, components }
}

function move(into: Map<string, unknown>, room: string, name: string, value: unknown): { $ref: string } {
  if (!into.has(name)) into.set(name, value)
  if (!isDeepStrictEqual(into.get(name), value)) throw new Error(`two ${room} have the title ${name}`)
  return { $ref: `#/components/${room}/${name}` }
}
