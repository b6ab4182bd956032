import type { BrowserContextOptions } from 'playwright-core'
import { en } from '../../../examples/react-spa/src/texts/en.ts'
import { createMember, PASSWORD } from '../../support/client.ts'
import type { ReceivedMail } from '../../support/mail.ts'
import type { Stage } from './stage.ts'
import { type Tab, tabOf } from './tab.ts'
import type { Test, Visitor } from './visitor.ts'

/** A visitor at the client: in the first tab, or in others. */
export interface Guest extends Visitor, Tab {
  another(path: string): Promise<Tab>
}

export interface Person {
  id: string
  email: string
  password: string
}

/** What a client asks at every start; nobody is signed in then, and the console says so. */
export const NOBODY = '401 POST /accounts/refresh-token'

/** A browser of somebody who is not signed in, at a page of the client. */
export async function open(stage: Stage, test: Test, path = '/', device?: BrowserContextOptions): Promise<Guest> {
  const [guest] = await come(stage, test, path, device)
  return guest
}

/** A browser of a member who has just signed in, at a page of the client. A test that ends the session expects NOBODY. */
export async function enter(
  stage: Stage,
  test: Test,
  { email, password }: Pick<Person, 'email' | 'password'>,
  path = '/',
  device?: BrowserContextOptions
): Promise<Guest> {
  const signInPage = `/account/sign-in?${new URLSearchParams({ next: path })}`
  const [guest, isSomebody] = await come(stage, test, signInPage, device)
  await signIn(guest, email, password)
  await guest.button(en.session.signOut).waitFor()
  isSomebody()
  return guest
}

/** @returns the guest, and how to say that somebody is signed in: from then on no refresh is to be refused */
async function come(
  stage: Stage,
  test: Test,
  path: string,
  device?: BrowserContextOptions
): Promise<[guest: Guest, isSomebody: () => void]> {
  const visitor = await stage.visit(test, device)
  const isSomebody = visitor.expect(NOBODY)
  await visitor.page.goto(path)
  const another = async (address: string) => {
    const page = await visitor.context.newPage()
    await page.goto(address)
    return tabOf(page)
  }
  return [{ ...visitor, ...tabOf(visitor.page), another }, isSomebody]
}

export async function signIn(tab: Tab, email: string, password = PASSWORD): Promise<void> {
  await tab.fill({ [en.fields.email]: email, [en.fields.password]: password })
  await tab.press(en.session.signIn)
}

/** Somebody who is a member already, and signed in on another device. */
export async function becomeMember(stage: Stage, role?: 'User' | 'Admin'): Promise<Person> {
  const { id, email } = await createMember(stage, role ? { role } : {})
  return { id, email, password: PASSWORD }
}

/** Where the button of a mail leads, if it leads to something that is done once. */
export function linkIn({ text }: ReceivedMail): string {
  const link = /^http\S+[?&]token=[\w-]+$/m.exec(text)?.[0]
  if (!link) throw new Error(`no link in: ${text}`)
  return link
}
