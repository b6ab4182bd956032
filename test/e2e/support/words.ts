import type { Page } from 'playwright-core'

/** Everything that a reader of the page gets to see or hear, by pieces. */
export async function wordsOn(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const words: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('script, noscript, style')) words.push(node.textContent ?? '')
    for (const element of document.querySelectorAll('*'))
      for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'placeholder', 'title', 'alt'])
        words.push(element.getAttribute(name) ?? '')
    return words.map(word => word.trim()).filter(word => /\p{L}/u.test(word))
  })
}

/** All sentences in the texts of a language, but those that are made of something. */
export function sentencesOf(texts: object): string[] {
  return Object.values(texts).flatMap((text: unknown) => {
    if (typeof text === 'string') return [text]
    return typeof text === 'object' && text !== null ? sentencesOf(text) : []
  })
}
