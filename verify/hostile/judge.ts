import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenApi, Operation } from '../openapi.ts'
import type { Attack } from './attack.ts'
import type { Reply } from './wire.ts'

const PROBLEM = 'application/problem+json'
// Of the inside: traces, files, engine words. Not looked for where tokens are: noise says anything.
const INSIDE = /node_modules|\.ts:\d|at Object\.|sqlMessage|ER_[A-Z]|ECONN|errno/

export type Judge = (attack: Attack, reply: Reply | 'hung' | 'closed') => string | undefined

/** Holds answers against the OpenAPI document. @returns what is wrong with one, in words */
export function createJudge(api: OpenApi): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const compiled = new Map<unknown, ValidateFunction>()
  const faultOf = (schema: unknown, value: unknown) => {
    const validate = compiled.get(schema) ?? ajv.compile({ allOf: [schema], components: { schemas: api.schemas } })
    compiled.set(schema, validate)
    return validate(value) ? undefined : ajv.errorsText(validate.errors)
  }
  const problem = { $ref: '#/components/schemas/Problem' }

  /** A whole answer of a documented operation. */
  const faultAt = ({ responses }: Operation, { status, headers, body }: Reply) => {
    const documented = responses[status]
    if (!documented) return `status ${status} is not documented`
    const type = headers['content-type']?.split(';')[0] ?? ''
    const content = documented[type]
    if (!content) return `${status} as ${type || 'nothing'} is not documented`
    return faultOf(content.schema, JSON.parse(body))
  }

  /** What is answered where no operation is: problem details, a preflight's empty answer, the head of another. */
  const faultElsewhere = ({ method }: Attack, { status, headers, body }: Reply) => {
    if (method === 'HEAD' && body === '') return undefined
    if (method === 'OPTIONS' && status === 204 && body === '') return undefined
    if (status < 400) return `${status} where nothing is documented`
    if (!headers['content-type']?.startsWith(PROBLEM)) return `${status} as ${headers['content-type'] ?? 'nothing'}`
    const content: unknown = JSON.parse(body)
    const fault = faultOf(problem, content)
    if (fault) return fault
    const said: unknown = Reflect.get(Object(content), 'status')
    return said === status ? undefined : `status ${status} says it is ${said}`
  }

  return (attack, reply) => {
    if (reply === 'hung') return 'no answer'
    if (reply === 'closed') return 'closed without an answer'
    const { status, body } = reply
    if (status >= 500) return `a ${status}: ${body}`
    if (status >= 400 && INSIDE.test(body)) return `tells of the inside: ${body}`
    const operation = api.operations.find(({ method, path }) => method === attack.method && isAt(path, attack.target))
    try {
      if (operation) {
        const fault = faultAt(operation, reply)
        // What cannot be read is refused before it has a route.
        return fault && status === 400 ? faultElsewhere(attack, reply) : fault
      }
      const fault = faultElsewhere(attack, reply)
      // Another spelling may lead to an operation after all: then the answer is one of its answers.
      const like = api.operations.some(one => one.method === attack.method && faultAt(one, reply) === undefined)
      return fault && !like ? fault : undefined
    } catch (error) {
      return `${status} ${error instanceof Error ? error.message : error}`
    }
  }
}

/** Whether a target, as it was spelled, is a path of the document. */
function isAt(template: string, target: string): boolean {
  const [path = ''] = target.split('?')
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/#;%]+')}$`).test(path)
}
