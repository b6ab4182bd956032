/** Languages that we write mail in; a host may bring more. The first is the one for everybody else. */
export const LOCALES = ['en', 'de'] as const
export type Locale = (typeof LOCALES)[number]

const LONGEST_HEADER = 1000 // characters; nobody reads that many languages

/**
 * The first of the reader's languages that we have, by an Accept-Language header or a single tag (RFC 9110 §12.5.4);
 * de serves for de-AT. English otherwise.
 */
export function chooseLocale(accepted: string, known: readonly string[] = LOCALES): string {
  const ranges = accepted.slice(0, LONGEST_HEADER).toLowerCase().split(',').map(readRange)
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { tag } of wanted) {
    const match =
      known.find(locale => locale.toLowerCase() === tag) ??
      known.find(locale => locale.toLowerCase() === tag.split('-')[0])
    if (match !== undefined) return match
  }
  return LOCALES[0]
}

function readRange(range: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = range.split(';').map(text => text.trim())
  const q = parameters.find(parameter => parameter.startsWith('q='))
  const weight = q === undefined ? 1 : Number(q.slice(2))
  return { tag, weight: Number.isFinite(weight) ? weight : 0 }
}
