import { globSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'

const root = join(import.meta.dirname, '../..')

export interface Import {
  /** A file of ours as `src/errors.ts`, otherwise the package as it is named. */
  to: string
  /** Erased before the program runs. */
  typeOnly: boolean
  /** What is imported by name, as values. */
  names: string[]
}

export interface Source {
  /** As `src/errors.ts`. */
  file: string
  imports: Import[]
  /** Member accesses such as `process.env`, at any depth; a call on an expression as `….selectFrom`. */
  members: string[]
  /** Tags of template literals, such as sql. */
  tags: string[]
  /** Calls of methods with a text first: method → texts, such as selectFrom → sessions. */
  calls: [method: string, text: string][]
  /** Calls of functions by their name, and constructions as `new RegExp`, with their first argument if it is a text. */
  functions: [name: string, text: string | undefined][]
  /** Names that the module itself assigns more than once: `let` and `var` outside of functions. */
  variables: string[]
}

/** The sources that match, parsed: imports as the runtime resolves them, not as a regular expression guesses. */
export function readSources(pattern: string): Source[] {
  return globSync(pattern, { cwd: root }).toSorted().map(readSource)
}

function readSource(file: string): Source {
  const text = readFileSync(join(root, file), 'utf8')
  const { program, module, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const source: Source = { file, imports: [], members: [], tags: [], calls: [], functions: [], variables: [] }
  const add = (specifier: string, typeOnly: boolean, names: string[] = []) => {
    const to = specifier.startsWith('.') ? relative(root, resolve(root, file, '..', specifier)) : specifier
    source.imports.push({ to, typeOnly, names })
  }
  for (const { entries, moduleRequest } of module.staticImports)
    add(
      moduleRequest.value,
      entries.length > 0 && entries.every(({ isType }) => isType),
      entries.flatMap(({ importName, isType }) => (isType || !importName.name ? [] : [importName.name]))
    )
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType)
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^['"](.+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1]
    if (literal) add(literal, false)
  }
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind === 'const') continue
    for (const { id } of statement.declarations) if (id.type === 'Identifier') source.variables.push(id.name)
  }
  visit(program, source)
  return source
}

function visit(node: unknown, source: Source): void {
  if (Array.isArray(node)) for (const item of node) visit(item, source)
  if (!isRecord(node)) return
  if (node.type === 'MemberExpression' && isRecord(node.object) && isRecord(node.property))
    source.members.push(`${node.object.name ?? '…'}.${node.property.name}`)
  if (node.type === 'TaggedTemplateExpression' && isRecord(node.tag)) source.tags.push(String(node.tag.name))
  if ((node.type === 'CallExpression' || node.type === 'NewExpression') && isRecord(node.callee) && node.callee.name) {
    const [first] = Array.isArray(node.arguments) ? node.arguments : []
    const name = `${node.type === 'NewExpression' ? 'new ' : ''}${node.callee.name}`
    source.functions.push([name, typeof first?.value === 'string' ? first.value : undefined])
  }
  if (node.type === 'CallExpression' && isRecord(node.callee) && isRecord(node.callee.property)) {
    const [first] = Array.isArray(node.arguments) ? node.arguments : []
    if (typeof first?.value === 'string') source.calls.push([String(node.callee.property.name), first.value])
  }
  for (const value of Object.values(node)) if (typeof value === 'object') visit(value, source)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
