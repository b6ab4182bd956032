import type { Account, Role } from 'guildhall/client'
import { createContext, useContext } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { Refused } from '../layout/not-found.tsx'
import { useFarewell } from './farewell.ts'
import { Restoring } from './restoring.tsx'
import { signInPath } from './return-path.ts'
import { useMember, useSession } from './session.ts'

const AccountContext = createContext<Account | undefined>(undefined)

/** Pages for members, or for Admins only. Others come to the sign-in, and back after it. */
export function Gate({ only }: { only?: Role }) {
  const { status } = useSession()
  const member = useMember()
  const farewell = useFarewell()
  const location = useLocation()
  if (status === 'unknown') return <Restoring />
  // Whoever signed out, in this tab or another, is not asked to sign in again.
  if (!member && farewell && farewell.kind !== 'ended') return <Navigate to="/" replace />
  if (!member) return <Navigate to={signInPath(location)} replace />
  if (only && member.role !== only) return <Refused />
  return (
    // What one member typed is not there for the next, also where no sign-out came between.
    <AccountContext key={member.id} value={member}>
      <Outlet />
    </AccountContext>
  )
}

/** The account of who looks at a page behind the gate. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('Only pages behind the gate have an account: router.tsx puts them there.')
  return account
}
