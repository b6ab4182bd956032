import { Frame } from '../layout/frame.tsx'
import { Restoring } from '../session/restoring.tsx'
import { useMember, useSession } from '../session/session.ts'
import { Overview } from './overview.tsx'
import { Welcome } from './welcome.tsx'

/** One address, two pages: it depends on who comes. */
export function Start() {
  const { status } = useSession()
  const member = useMember()
  if (status === 'signedOut') return <Welcome />
  return <Frame>{member ? <Overview account={member} /> : <Restoring />}</Frame>
}
