import { createHash } from 'node:crypto'
import { lstat, mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Server } from './database.ts'
import { commandLine } from './processes.ts'
import { isCode } from './system-error.ts'

const SOCKET_PATH_BYTES = 100 // sockaddr_un holds 104 (macOS) to 108 (Linux) with the closing zero

/** Absolute paths of what a server reads and writes. */
export interface Files {
  data: string
  socket: string
  pid: string
  log: string
}

/** The id in the pid file, when that process is a server on this very folder; a stale file may name anybody. */
export async function serverPid(home: string): Promise<number | undefined> {
  const files = filesOf(home)
  const pid = Number(await readFile(files.pid, 'utf8').catch(() => ''))
  const runsHere = pid > 0 && `${commandLine(pid).replaceAll('\0', ' ')} `.includes(`--datadir=${files.data} `)
  return runsHere ? pid : undefined
}

/** The files of a server below its folder, but for the socket, which may have to be elsewhere. */
export function filesOf(home: string): Omit<Files, 'socket'> {
  return { data: join(home, 'data'), pid: join(home, 'pid'), log: join(home, 'server.log') }
}

/** How to log in as root, for programs and for people. */
export function access(files: Files): Pick<Server, 'root' | 'where'> {
  return { root: { user: 'root', socketPath: files.socket }, where: `socket ${files.socket}` }
}

/** Where the socket of a server on this folder stands: in it, or, where its path is too long, in a private temporary one. */
export async function socketPath(home: string): Promise<string> {
  const path = join(home, 'socket')
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES) return path
  const folder = join(tmpdir(), `guildhall-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  const { uid, mode } = await lstat(folder)
  if (uid !== process.getuid?.() || (mode & 0o170077) !== 0o040000)
    throw new Error(`${folder} is not a private folder of this user; remove it and start again`)
  return join(folder, 'socket')
}
