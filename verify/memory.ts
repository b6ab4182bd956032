import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Usage {
  pid: number
  parent: number
  /** Resident, in MB. */
  mb: number
}

/** What processes hold in memory now; one that has just ended is left out. */
export function usage(): Usage[] {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

function fromProc(): Usage[] {
  const numbers = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return numbers.flatMap(name => {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      return [{ pid: Number(name), parent: field('PPid'), mb: field('VmRSS') / 1024 }]
    } catch {
      return []
    }
  })
}

function fromPs(): Usage[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map(line => {
    const [pid = 0, parent = 0, kb = 0] = line.trim().split(/\s+/).map(Number)
    return { pid, parent, mb: kb / 1024 }
  })
}
