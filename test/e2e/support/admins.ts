import { becomeMember, enter, type Guest, type Person } from './guest.ts'
import type { Stage } from './stage.ts'
import type { Test } from './visitor.ts'

/** What the tests of the Admin area share of a stage: its Admin, who is the only one until somebody appoints another. */
export interface Office {
  admin: Person
  /** A browser of the Admin, at one of the pages. */
  enter(test: Test, path: string, device?: Parameters<typeof enter>[4]): Promise<Guest>
}

/** How the API says that a member is not suspended, and the console with it: whenever the page of one is opened. */
export const NOT_SUSPENDED = /^404 GET \/accounts\/[\w-]+\/suspension$/

export async function openOffice(stage: Stage): Promise<Office> {
  const admin = await becomeMember(stage, 'Admin')
  return { admin, enter: (test, path, device) => enter(stage, test, admin, path, device) }
}

/** Chooses one of a group of radio buttons: by its words, since the buttons themselves are drawn ones. */
export async function choose({ page }: Pick<Guest, 'page'>, group: string, words: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group, exact: true }).getByText(words, { exact: true }).click()
}
