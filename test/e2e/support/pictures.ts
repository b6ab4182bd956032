import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'

const FOLDER = join(import.meta.dirname, '../screenshots') // git-ignored
const HEIGHT = 800 // px of the window; the picture is of the whole page

/** In a phone's width, and a desktop's. */
export const WIDTHS = [360, 1280]
const SCHEMES = ['light', 'dark'] as const

export interface Views {
  /** px */
  widths?: readonly number[]
  schemes?: readonly (typeof SCHEMES)[number][]
}

/** The whole page as `<name>-<width>-<scheme>.png`, for people to look at. The page keeps its own view. */
export async function takePictures(page: Page, name: string, { widths = WIDTHS, schemes = SCHEMES }: Views = {}) {
  const size = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({
        path: join(FOLDER, `${name}-${width}-${colorScheme}.png`),
        fullPage: true,
        animations: 'disabled'
      })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (size) await page.setViewportSize(size)
}

/** The tabs of a test that failed, as they were. */
export async function keepPictures(context: BrowserContext, test: string): Promise<void> {
  const name = test.replace(/\W+/g, '-').slice(0, 80)
  for (const [index, page] of context.pages().entries())
    await page.screenshot({ path: join(FOLDER, 'failed', `${name}-${index + 1}.png`) })
}
