import '../theme/admin.css'
import { Navigate, Route, Routes } from 'react-router'
import { NotFound } from '../layout/not-found.tsx'
import { Events } from './events/events.tsx'
import { Mail } from './mail/mail.tsx'
import { EditMember } from './member/edit-member.tsx'
import { Member } from './member/member.tsx'
import { Members } from './members/members.tsx'
import { NewMember } from './members/new-member.tsx'

/** The pages for Admins: loaded when an Admin goes to the first one. router.tsx lets nobody else in. */
export function Component() {
  return (
    <Routes>
      <Route index element={<Navigate to="/admin/members" replace />} />
      <Route path="members" element={<Members />} />
      <Route path="members/new" element={<NewMember />} />
      <Route path="members/:id" element={<Member />} />
      <Route path="members/:id/edit" element={<EditMember />} />
      <Route path="events" element={<Events />} />
      <Route path="mail" element={<Mail />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
