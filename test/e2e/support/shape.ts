import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { assertAccessible } from './axe.ts'
import { takePictures, WIDTHS } from './pictures.ts'

/**
 * Asserts that a page is accessible in the width of a phone and of a desktop, in light and in dark, and that nothing
 * sticks out of it; and takes its pictures. The page keeps its own view.
 */
export async function assertShape(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    assert.deepEqual(await tooWide(page), [], `${name} sticks out at ${width} px`)
    await light(page, 'light')
    await assertAccessible(page)
    await light(page, 'dark')
    await assertAccessible(page, ['color-contrast']) // nothing else differs
  }
  await takePictures(page, name)
  if (size) await page.setViewportSize(size)
}

/** Colours fade into those of the other scheme: they are looked at afterwards. */
async function light(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(async () => {
    const fading = document.getAnimations().filter(animation => animation instanceof CSSTransition)
    await Promise.allSettled(fading.map(({ finished }) => finished))
  })
}

/** What makes a page scroll sideways (WCAG 2.2, 1.4.10). */
async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter(element => element.getBoundingClientRect().right > clientWidth)
      .map(({ tagName, className }) => `${tagName} ${className}`)
  })
}
