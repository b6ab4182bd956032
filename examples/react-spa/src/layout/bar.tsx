import { Link } from 'react-router'
import { ButtonLink } from '../controls/button.tsx'
import { useMember, useSession } from '../session/session.ts'
import { SignOutButton } from '../session/sign-out-button.tsx'
import { useTexts } from '../texts/language.tsx'
import icon from '../theme/icon.svg'

/** The top of every page: where one is, and who. */
export function Bar() {
  const texts = useTexts()
  const { status } = useSession()
  const member = useMember()
  return (
    <header className="bar">
      <Link className="brand" to="/">
        <img src={icon} width="28" height="28" alt="" />
        {texts.product}
      </Link>
      <div className="bar-side">
        {member && (
          <>
            <span className="bar-name">
              {member.firstName} {member.lastName}
            </span>
            <SignOutButton />
          </>
        )}
        {status === 'signedOut' && (
          <ButtonLink look="quiet" to="/account/sign-in">
            {texts.session.signIn}
          </ButtonLink>
        )}
      </div>
    </header>
  )
}
