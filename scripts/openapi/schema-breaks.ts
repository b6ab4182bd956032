import { isDeepStrictEqual } from 'node:util'
import { type OpenApiDocument, pointer, type Schema } from './document.ts'
import { type Break, GROWING } from './rules.ts'

/** A body and a parameter go in, an answer comes out: there the schemas contain each other the other way round. */
export type Direction = 'in' | 'out'

const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const
const WORDS = ['title', 'description', 'examples', 'example', 'deprecated', '$comment', 'default']
const COMPARED = ['type', 'enum', 'const', 'format', 'pattern', 'required', 'dependentRequired', 'properties', 'items']

/** Compares schemas of two documents, and tells of each break once, wherever it is met again. */
export function schemaComparison(released: OpenApiDocument, current: OpenApiDocument, tell: (found: Break) => void) {
  const seen = new Set<string>()

  return function compare(before: Schema, after: Schema, direction: Direction, place: string[]): void {
    const name = nameOf(before)
    // What is named in both documents is compared once, and stands where the name does.
    const steps = name && after.$ref ? ['components', 'schemas', name] : place
    const key = JSON.stringify([direction, steps, after.$ref])
    if (seen.has(key)) return
    seen.add(key)

    const old = simplify(before, released)
    const now = simplify(after, current)
    const [inner, outer] = direction === 'in' ? [old, now] : [now, old]
    const found = (rule: Break['rule'], detail = '', ...more: string[]) =>
      tell({ rule, pointer: pointer(...steps, ...more), detail })

    compareTypes()
    compareValues()
    compareLimits()
    compareFields()
    if (old.items && now.items) compare(old.items, now.items, direction, [...steps, 'items'])
    else if (old.items || now.items) found('type-changed', '', 'items')
    if (direction === 'in' && !isDeepStrictEqual(old.default, now.default))
      found('default-changed', `${text(old.default)} → ${text(now.default)}`, 'default')
    const known = new Set<string>([...WORDS, ...COMPARED, ...UPPER, ...LOWER, 'additionalProperties'])
    for (const keyword of new Set([...Object.keys(old), ...Object.keys(now)]))
      if (!known.has(keyword) && !isDeepStrictEqual(Reflect.get(old, keyword), Reflect.get(now, keyword)))
        found('not-comparable', '', keyword)

    function compareTypes(): void {
      const allows = typesOf(outer)
      const may = typesOf(inner)
      const fits =
        allows && may?.every(type => allows.includes(type) || (type === 'integer' && allows.includes('number')))
      if (allows && !fits) found('type-changed', `${text(old.type)} → ${text(now.type)}`, 'type')
      if (outer.format !== undefined && outer.format !== inner.format)
        found('format-changed', `${text(old.format)} → ${text(now.format)}`, 'format')
    }

    function compareValues(): void {
      const was = valuesOf(old)
      const is = valuesOf(now)
      const grows = name !== undefined && GROWING.includes(name)
      for (const value of missing(was, is)) {
        if (direction === 'in') found('value-refused', text(value), 'enum')
        else if (grows) found('value-gone', text(value), 'enum')
      }
      if (direction === 'out' && !grows)
        for (const value of was ? (is ? missing(is, was) : ['any']) : []) found('value-added', text(value), 'enum')
    }

    function compareLimits(): void {
      for (const [keywords, isWider] of [
        [UPPER, (a: number, b: number) => a <= b],
        [LOWER, (a: number, b: number) => a >= b]
      ] as const)
        for (const keyword of keywords) {
          const [a, b] = [Reflect.get(inner, keyword), Reflect.get(outer, keyword)]
          if (b !== undefined && (a === undefined || !isWider(a, b)))
            found('limit-narrowed', `${text(Reflect.get(old, keyword))} → ${text(Reflect.get(now, keyword))}`, keyword)
        }
      if (outer.pattern !== undefined && outer.pattern !== inner.pattern) found('limit-narrowed', '', 'pattern')
      if (outer.additionalProperties === false && inner.additionalProperties !== false)
        found('limit-narrowed', 'no other fields', 'additionalProperties')
      else if (!isDeepStrictEqual(old.additionalProperties ?? true, now.additionalProperties ?? true))
        if (typeof old.additionalProperties === 'object' || typeof now.additionalProperties === 'object')
          found('not-comparable', '', 'additionalProperties')
    }

    function compareFields(): void {
      for (const [field, schema] of Object.entries(old.properties ?? {})) {
        const same = now.properties?.[field]
        if (same) compare(schema, same, direction, [...steps, 'properties', field])
        else found('field-gone', '', 'properties', field)
      }
      for (const field of missing(outer.required ?? [], inner.required ?? []))
        if (direction === 'in') found('field-required', '', 'properties', String(field))
        else if (now.properties?.[String(field)]) found('field-optional', '', 'properties', String(field))
      for (const [field, others] of Object.entries(outer.dependentRequired ?? {}))
        for (const other of missing(others, inner.dependentRequired?.[field] ?? []))
          found('field-required', `with ${field}`, 'properties', String(other))
    }
  }
}

/** As one schema: a reference followed, allOf merged, "or null" as a type. */
function simplify({ $ref = '', allOf = [], anyOf = [], ...rest }: Schema, document: OpenApiDocument): Schema {
  const target = document.components.schemas[nameOf({ $ref }) ?? '']
  const parts = [...(target ? [target] : []), ...allOf].map(part => simplify(part, document))
  const merged: Schema = {}
  for (const part of [...parts, rest])
    Object.assign(merged, part, {
      ...(merged.required && { required: [...merged.required, ...(part.required ?? [])] }),
      ...(merged.properties && { properties: { ...merged.properties, ...part.properties } })
    })
  if (anyOf.length === 0) return merged
  const [only, ...others] = anyOf.filter(({ type }) => type !== 'null')
  if (!only || others.length > 0) return { ...merged, anyOf }
  const schema = simplify(only, document)
  return { ...schema, ...merged, type: [...(typesOf(schema) ?? []), 'null'] }
}

function nameOf({ $ref }: Schema): string | undefined {
  return $ref?.split('/').at(-1)
}

function typesOf({ type }: Schema): string[] | undefined {
  return type === undefined ? undefined : [type].flat()
}

function valuesOf(schema: Schema): unknown[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const]
}

/** Of the first list, what the second has not; a list that is none has everything. */
function missing(list: readonly unknown[] | undefined, other: readonly unknown[] | undefined): readonly unknown[] {
  if (!other) return []
  return list ? list.filter(value => !other.includes(value)) : ['any other']
}

function text(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
