import { en } from '../../../examples/react-spa/src/texts/en.ts'
import { PASSWORD } from '../../support/client.ts'
import type { Tab } from './tab.ts'

const { fields, signUp, checkMail } = en

export const GRACE = { [fields.title]: 'Ms', [fields.firstName]: 'Grace', [fields.lastName]: 'Hopper' }

/** Fills in the form of the sign-up, as Grace Hopper. */
export async function fillIn(tab: Tab, email: string): Promise<void> {
  await tab.fill({ ...GRACE, [fields.email]: email, [fields.password]: PASSWORD })
  // The box itself is hidden behind a drawn one, so its words are what one clicks on.
  await tab.page.getByText(signUp.terms, { exact: true }).click()
}

/** Signs up, and comes to the page that waits for the mail. */
export async function apply(tab: Tab, email: string): Promise<void> {
  await fillIn(tab, email)
  await tab.press(signUp.submit)
  await tab.arrives(checkMail.title)
}

export async function enterCode(tab: Tab, code: string): Promise<void> {
  await tab.fill({ [fields.code]: code })
  await tab.press(checkMail.submit)
}
