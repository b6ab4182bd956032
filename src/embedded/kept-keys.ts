import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { generateSigningKey } from '../tokens/signing-keys.ts'
import { isCode } from './system-error.ts'

/** The keys of the configuration, or generated ones that are kept under DATA_DIR. */
export async function keepKeys(config: Config): Promise<{ JWT_PRIVATE_KEYS: string; SECRET: string }> {
  return {
    JWT_PRIVATE_KEYS: config.JWT_PRIVATE_KEYS ?? (await keepSigningKey(config.DATA_DIR)),
    SECRET: config.SECRET ?? (await keptValue(config.DATA_DIR, 'secret', () => randomBytes(48).toString('base64'))).text
  }
}

/** The file's path, so that a running server sees a rotation; a comma would make two paths of it. */
async function keepSigningKey(dataDir: string): Promise<string> {
  const { file, text } = await keptValue(dataDir, 'signing-key.pem', generateSigningKey)
  return file.includes(',') ? text : file
}

/** A generated value that must outlive restarts: sessions and hashes depend on it. Of two first starts, one writes it. */
async function keptValue(dataDir: string, name: string, make: () => string): Promise<{ file: string; text: string }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, name)
  try {
    await writeFile(file, make(), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  return { file, text: await readFile(file, 'utf8') }
}
