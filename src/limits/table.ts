/** A counter of src/limits/, under the hash of what it counts by. */
export interface LimitCounterTable {
  id: Buffer
  count: number
  until: Date
}
