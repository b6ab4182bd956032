import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2'
}
const TEXTS = ['.css', '.html', '.js', '.json']

/**
 * The built files of a client on an origin of its own, as a static host has them: a path without a file is the client's
 * own (index.html), and no page may load or call anything but itself and the API.
 *
 * @param api the API's origin, which stands in the files as E2E_API: they are built before it is known
 */
export async function serveFiles(folder: string, port: number, api: string): Promise<AsyncDisposable> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self' ${api}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ].join('; ')

  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname))
    const file = extname(path) === '' ? 'index.html' : path
    try {
      const content = await readFile(join(folder, file))
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache'
      })
      response.end(TEXTS.includes(extname(file)) ? named(content, api) : content)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('there is no such file')
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  }
}

function named(content: Buffer, api: string): string {
  return content.toString('utf8').replaceAll(process.env.E2E_API ?? '', api)
}
