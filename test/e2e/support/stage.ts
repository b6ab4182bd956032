import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after as afterAll } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type BrowserContextOptions, chromium } from 'playwright-core'
import webClient from '../../../plugins/web-client.ts'
import { freePort } from '../../../src/embedded/ports.ts'
import { openTestApp, type TestApp, type TestConfig } from '../../support/app.ts'
import { type FaultProxy, startFaultProxy } from './faults.ts'
import { serveFiles } from './file-server.ts'
import { type Test, type Visitor, welcome } from './visitor.ts'

/** Where the pages come from: the API's own server, or one of their own. */
export const ORIGINS = ['one-origin', 'two-origins'] as const
export type Origins = (typeof ORIGINS)[number]

export interface Stage extends TestApp {
  /** The origin of the pages. */
  pages: string
  /** The origin of the API. */
  api: string
  /** What stands between browsers and the API: counts requests, and makes them fail. */
  faults: FaultProxy
  /**
   * A browser with no memory, until the test ends: then it must have had nothing to complain of but what was expected, and
   * faults are healed.
   */
  visit(test: Test, device?: BrowserContextOptions): Promise<Visitor>
}

export interface StageOptions {
  config?: TestConfig
  /** The pages of an origin of their own, if not those of the web client. */
  folder?: string
  /** Further pages of the server, beside those of the web client. */
  more?: (server: FastifyInstance) => Promise<unknown>
}

/**
 * The web client in a real browser before the production server, with a database and a mail server, until the test file
 * ends: what `openTestApp` gives, on ports of this machine.
 */
export async function createStage(origins: Origins, { config, folder, more }: StageOptions = {}): Promise<Stage> {
  const root = folder ?? builtClient(origins)
  const [port, inner, outer] = [await freePort(), await freePort(), await freePort()]
  const api = `http://localhost:${port}`
  const pages = origins === 'one-origin' ? api : `http://localhost:${outer}`
  const stack = new AsyncDisposableStack()
  afterAll(async () => await stack.disposeAsync())

  const app = stack.use(
    await openTestApp(
      { PUBLIC_URL: api, CLIENT_URL: pages, ...config },
      {
        pages: async server => {
          if (origins === 'one-origin') await server.register(webClient, { root })
          await more?.(server)
        }
      }
    )
  )
  await app.server.listen({ host: '127.0.0.1', port: inner })
  const faults = stack.use(await startFaultProxy(port, inner))
  if (origins === 'two-origins') stack.use(await serveFiles(root, outer, api))
  const browser = stack.use(await chromium.connect(browserEndpoint()))
  const visit: Stage['visit'] = async (test, device) => {
    test.after(() => faults.heal())
    return await welcome(browser, test, { pages, api }, device)
  }
  return { ...app, pages, api, faults, visit }
}

function browserEndpoint(): string {
  const { E2E_BROWSER } = process.env
  if (!E2E_BROWSER) throw new Error('run these tests through npm run test:e2e: it opens the browser')
  return E2E_BROWSER
}

function builtClient(origins: Origins): string {
  const folder = join(process.env.E2E_CLIENT ?? '', origins)
  if (!existsSync(folder)) throw new Error('run these tests through npm run test:e2e: it builds the web client')
  return folder
}
