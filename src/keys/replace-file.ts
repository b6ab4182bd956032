import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const PRIVATE = 0o600
const GROUP_MAY_READ = 0o040 // where the server runs as another user of the owner's group

/**
 * Replaces the content of a file, whole or not at all. The draft beside it is the lock as well: of two changes at once
 * the second one is refused and never sees what the first one replaces.
 *
 * @param change makes the new content out of the old; undefined when there is no file yet
 * @returns the path of the file itself, where `path` was a link
 * @throws Error for people while a draft is there; what `change` throws
 */
export async function replaceFile(path: string, change: (text: string | undefined) => string): Promise<string> {
  const file = await realpath(path).catch(() => path) // a rename would replace the link
  const draft = `${file}.new`
  const handle = await open(draft, 'wx', PRIVATE).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
    throw new Error(`${draft} is there: another rotation is under way, or was killed. If none is, remove it`)
  })
  try {
    const before = await read(file)
    await handle.writeFile(change(before?.text))
    if (before) {
      const { mode, uid, gid } = before
      await handle.chown(uid, gid) // the server must be able to read what root wrote
      await handle.chmod(PRIVATE | (mode & GROUP_MAY_READ))
    }
    await handle.sync()
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(file))
  return file
}

async function read(file: string): Promise<{ text: string; mode: number; uid: number; gid: number } | undefined> {
  try {
    const { mode, uid, gid } = await stat(file)
    return { text: await readFile(file, 'utf8'), mode, uid, gid }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** A rename outlives a power cut once its folder is written, too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined) // Windows opens no folders
  await handle?.sync().catch(() => {})
  await handle?.close()
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
