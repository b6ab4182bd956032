import assert from 'node:assert/strict'
import type { Answer } from './answer.ts'
import type { Client } from './client.ts'

/** The whole of a list: follows the links to the end. */
export async function followPages<T>(
  client: Client,
  path: string,
  query: Record<string, string>,
  read: (answer: Answer) => T[]
): Promise<T[]> {
  const all: T[] = []
  for (let next: string | undefined = `?${new URLSearchParams(query)}`; next; ) {
    const answer = await client.get(`${path}${next}`)
    const page = read(answer)
    all.push(...page)
    next = /^<(\?[^>]*)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
    assert.ok(!next || page.length === Number(query.limit ?? 100), 'only the last page is short')
  }
  return all
}

/** The cursor in the link to the next page. */
export async function cursorOf(client: Client, path: string): Promise<string> {
  const { headers } = await client.get(path)
  return new URLSearchParams(/<\?([^>]*)>/.exec(String(headers.link))?.[1]).get('cursor') ?? ''
}
