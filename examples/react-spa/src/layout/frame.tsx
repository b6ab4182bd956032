import type { ReactNode } from 'react'
import { Outlet } from 'react-router'
import { useMember } from '../session/session.ts'
import { Navigation } from './navigation.tsx'

/** The layout behind the gate: navigation beside the page, or over it on a phone. */
export function Frame({ children = <Outlet /> }: { children?: ReactNode }) {
  const member = useMember()
  return (
    <div className={member ? 'frame' : 'frame single'}>
      {member && <Navigation role={member.role} />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
