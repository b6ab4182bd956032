const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** Markup that is safe as it stands. The class stays in this file, so only the tag below makes one. */
class Html {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

export type { Html }

export type Interpolated = string | number | undefined | Html | readonly Html[]

/**
 * A template tag: what is interpolated is escaped, for text and for quoted attributes alike, unless it was made
 * by this tag itself. `undefined` leaves nothing behind.
 */
export function html(literals: TemplateStringsArray, ...values: readonly Interpolated[]): Html {
  return new Html(literals.reduce((text, literal, index) => text + escaped(values[index - 1]) + literal))
}

function escaped(value: Interpolated): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.toString()
  if (typeof value === 'object') return value.map(String).join('')
  return String(value).replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}
