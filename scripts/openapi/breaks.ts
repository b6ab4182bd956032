import { type Content, type OpenApiDocument, type Operation, operationsOf, pointer, type Response } from './document.ts'
import { type Break, RULES } from './rules.ts'
import { type Direction, schemaComparison } from './schema-breaks.ts'

/**
 * What of the current document breaks clients of the released one.
 *
 * @returns the breaks by scripts/openapi/rules.ts, each once
 */
export function findBreaks(released: OpenApiDocument, current: OpenApiDocument): Break[] {
  const breaks: Break[] = []
  const compareSchemas = schemaComparison(released, current, found => breaks.push(found))
  const found = (rule: Break['rule'], place: string[], detail = '') =>
    breaks.push({ rule, pointer: pointer(...place), detail })

  for (const name of Object.keys(released.components.schemas))
    if (!current.components.schemas[name]) found('schema-gone', ['components', 'schemas', name])
  for (const { path, method, content: old } of operationsOf(released)) {
    const place = ['paths', path, method]
    const now = current.paths[path]?.[method]
    if (now) compareOperations(old, now, place)
    else found('operation-gone', place)
  }
  return breaks

  function compareOperations(old: Operation, now: Operation, place: string[]): void {
    if (old.operationId !== now.operationId)
      found('operation-renamed', [...place, 'operationId'], `${old.operationId} → ${now.operationId}`)
    for (const way of alternatives(old))
      if (!alternatives(now).some(scheme => scheme.every(name => way.includes(name))))
        found('security-added', [...place, 'security'], way.join(' and ') || 'without credentials')
    compareParameters(old, now, place)
    compareBodies(old, now, [...place, 'requestBody'])
    compareAnswers(old, now, [...place, 'responses'])
  }

  function compareParameters(
    { parameters: old = [] }: Operation,
    { parameters: now = [] }: Operation,
    at: string[]
  ): void {
    const place = [...at, 'parameters']
    for (const [index, parameter] of old.entries()) {
      const same = now.find(other => other.name === parameter.name && other.in === parameter.in)
      if (!same) found('parameter-gone', [...place, String(index)], parameter.name)
      else compareSchemas(parameter.schema, same.schema, 'in', [...place, String(index), 'schema'])
    }
    for (const [index, parameter] of now.entries()) {
      const before = old.find(other => other.name === parameter.name && other.in === parameter.in)
      if (parameter.required && !before?.required)
        found('parameter-required', [...place, String(index)], parameter.name)
    }
  }

  function compareBodies({ requestBody: old }: Operation, { requestBody: now }: Operation, place: string[]): void {
    if (now?.required && !old?.required) found('body-required', place)
    if (old && !now) found('body-gone', place)
    if (old && now) compareContent(old.content, now.content, 'in', place)
  }

  function compareAnswers({ responses: old }: Operation, { responses: now }: Operation, place: string[]): void {
    for (const [status, answer] of Object.entries(old)) {
      const same = now[status]
      if (same) compareAnswer(answer, same, [...place, status])
      else found('status-gone', [...place, status])
    }
    for (const status of Object.keys(now))
      if (status < '400' && !old[status]) found('success-added', [...place, status])
  }

  function compareAnswer(old: Response, now: Response, place: string[]): void {
    for (const [name, { schema }] of Object.entries(old.headers ?? {})) {
      const same = now.headers?.[name]
      if (same) compareSchemas(schema, same.schema, 'out', [...place, 'headers', name, 'schema'])
      else found('header-gone', [...place, 'headers', name])
    }
    compareContent(old.content ?? {}, now.content ?? {}, 'out', place)
  }

  function compareContent(old: Content, now: Content, direction: Direction, place: string[]): void {
    for (const [type, { schema }] of Object.entries(old)) {
      const same = now[type]
      if (same) compareSchemas(schema, same.schema, direction, [...place, 'content', type, 'schema'])
      else found('media-type-gone', [...place, 'content', type])
    }
  }
}

/** The sets of credentials of which any will do. */
function alternatives({ security }: Operation): string[][] {
  return security.length === 0 ? [[]] : security.map(Object.keys)
}

/** Whether the version says that clients break: another major one, or before 1.0 another minor one (SemVer §4). */
export function announcesBreaks(released: string, current: string): boolean {
  const [major = 0, minor = 0] = released.split('.').map(Number)
  const [newMajor = 0, newMinor = 0] = current.split('.').map(Number)
  return newMajor > major || (newMajor === 0 && major === 0 && newMinor > minor)
}

/** For whoever made the break: where, what, and what to do instead. */
export function describeBreaks(breaks: readonly Break[]): string {
  return breaks
    .map(({ rule, pointer, detail }) => {
      const [broken, remedy] = RULES[rule]
      return `${pointer}\n    ${rule}: ${broken}${detail && ` (${detail})`}\n    ${remedy}`
    })
    .join('\n')
}
