import type { Context } from '../../src/context.ts'
import { startHousekeeping } from '../../src/housekeeping/housekeeping.ts'

/** One round of clean-up; the next one need not wait for the lease of this one. */
export async function tidy(ctx: Context): Promise<void> {
  const housekeeping = startHousekeeping(ctx, { info() {}, warn() {} })
  await housekeeping.tidy()
  await housekeeping.stop()
  await ctx.db.deleteFrom('claims').where('name', '=', 'housekeeping').execute()
}
