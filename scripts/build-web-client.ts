// node scripts/run.mjs scripts/build-web-client.ts <folder> [--compress]: builds examples/react-spa into a folder by Vite.
// `--compress` puts a Brotli copy beside each asset that gains by it: for production, where it takes longer than the build.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const WORTHWHILE = 0.9 // of its size: a copy that saves less is only one more file

const [folder = '', compress] = process.argv.slice(2)
const target = resolve(folder)
const root = join(import.meta.dirname, '../examples/react-spa')

process.env.NODE_ENV = 'production' // whatever the server's is: React brings other code otherwise
try {
  const { build } = await import('vite') // reads NODE_ENV when it is loaded
  await build({
    root,
    logLevel: 'silent', // its errors are thrown, too
    build: { outDir: target, emptyOutDir: true, chunkSizeWarningLimit: Number.POSITIVE_INFINITY }
  })
  if (compress === '--compress') compressAssets(join(target, 'assets'))
} catch (error) {
  rmSync(target, { recursive: true, force: true })
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function compressAssets(assets: string): void {
  for (const name of readdirSync(assets)) {
    const plain = readFileSync(join(assets, name))
    const packed = brotliCompressSync(plain)
    if (packed.length < plain.length * WORTHWHILE) writeFileSync(join(assets, `${name}.br`), packed)
  }
}
