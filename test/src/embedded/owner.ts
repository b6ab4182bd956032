// node owner.ts DATA_DIR CACHE_DIR keep|throw-away: a process that owns an embedded server, until its stdin ends.
import { once } from 'node:events'
import { startDatabase } from '../../../src/embedded/database.ts'

const [dataDir = '', cacheDir = '', kind] = process.argv.slice(2)
const database = await startDatabase({ dataDir, cacheDir, throwAway: kind === 'throw-away', log: () => {} })
const { url, pid, description } = database
process.stdout.write(`${JSON.stringify({ url, pid, description })}\n`)
process.stdin.resume()
await once(process.stdin, 'end')
await database.stop()
