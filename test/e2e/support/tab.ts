import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { en } from '../../../examples/react-spa/src/texts/en.ts'

/** A page of the client, or a part of it, as who reads it uses it: by the names that things have on it. */
export interface Tab {
  page: Page
  /** What can be looked for here. */
  part: Page | Locator
  field(label: string): Locator
  button(name: string): Locator
  link(name: string): Locator
  fill(fields: Record<string, string>): Promise<void>
  /** Asserts that this is in the fields. */
  keeps(fields: Record<string, string>): Promise<void>
  press(button: string): Promise<void>
  follow(link: string): Promise<void>
  /** Waits until something says this, in the middle of other words or alone. */
  says(text: string | RegExp): Promise<void>
  /** Waits until this is said no more. */
  unsays(text: string | RegExp): Promise<void>
  /** Waits until a field is marked as wrong, and why. */
  faults(fields: Record<string, string>): Promise<void>
  /** Waits for a page: its heading, which has the focus, and its title. */
  arrives(heading: string): Promise<void>
  /** Waits for the first page of a tab, whose heading the browser itself announces. */
  opens(heading: string): Promise<void>
  /** The question in front of the page. */
  dialog(title: string): Dialog
}

export interface Dialog extends Tab {
  /** Waits until it is gone. */
  closes(): Promise<void>
}

const LOOK = 50 // ms between two looks at a page; those of a tab in the back come too seldom by themselves

export function tabOf(page: Page, { part = page as Page | Locator, texts = en } = {}): Tab {
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
  // Nobody uses a tab that is behind another one, and the browser draws it once in a while only.
  const show = async () => {
    if (page.context().pages().length > 1) await page.bringToFront()
  }
  const tab: Tab = {
    page,
    part,
    field: label => part.getByLabel(label, { exact: true }).and(page.locator('input, select, textarea')),
    button: name => part.getByRole('button', { name, exact: true }),
    link: name => part.getByRole('link', { name, exact: true }),
    async fill(fields) {
      await show()
      for (const [label, text] of Object.entries(fields)) await tab.field(label).fill(text)
    },
    async keeps(fields) {
      for (const [label, text] of Object.entries(fields)) assert.equal(await tab.field(label).inputValue(), text, label)
    },
    async press(name) {
      await show()
      await tab.button(name).click()
    },
    async follow(name) {
      await show()
      await tab.link(name).click()
    },
    says: text => part.getByText(text).filter({ visible: true }).first().waitFor(),
    unsays: text => part.getByText(text).first().waitFor({ state: 'hidden' }),
    async faults(fields) {
      for (const [label, fault] of Object.entries(fields)) {
        const field = part.locator('.field', { has: page.getByLabel(label, { exact: true }) })
        await field.locator('[aria-invalid=true], [data-invalid]').first().waitFor()
        await field.getByText(fault, { exact: true }).waitFor()
      }
    },
    async arrives(name) {
      await tab.opens(name)
      await page.waitForFunction(
        title => document.activeElement?.tagName === 'H1' && document.activeElement.textContent === title,
        name,
        { polling: LOOK }
      )
    },
    async opens(name) {
      await heading(name).waitFor()
      await page.waitForFunction(title => document.title === title, texts.pageTitle(name), { polling: LOOK })
    },
    dialog(title) {
      const dialog = page.getByRole('dialog', { name: title, exact: true })
      return { ...tabOf(page, { part: dialog, texts }), closes: () => dialog.waitFor({ state: 'hidden' }) }
    }
  }
  return tab
}
