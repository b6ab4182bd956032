import { Route, Routes } from 'react-router'
import { NotFound } from '../layout/not-found.tsx'

/** The pages for Admins: loaded when an Admin goes to the first one. router.tsx lets nobody else in. */
export function Component() {
  return (
    <Routes>
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
