import { Skeleton } from '../feedback/skeleton.tsx'

/** While the code of the first page is under way. */
export function Arriving() {
  return (
    <main className="frame single" id="content">
      <Skeleton lines={6} />
    </main>
  )
}
