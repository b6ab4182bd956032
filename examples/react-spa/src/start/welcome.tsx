import { ButtonLink } from '../controls/button.tsx'
import { Alert } from '../feedback/alert.tsx'
import { Entrance } from '../layout/entrance.tsx'
import { Page } from '../layout/page.tsx'
import { useFarewell } from '../session/farewell.ts'
import { useTexts } from '../texts/language.tsx'

export function Welcome() {
  const { welcome, session } = useTexts()
  const farewell = useFarewell()
  return (
    <Entrance>
      <Page title={welcome.title} lead={welcome.lead}>
        {farewell && farewell.kind !== 'ended' && (
          <Alert look="good">
            <p>{session[farewell.kind]}</p>
          </Alert>
        )}
        <section className="card">
          <h2>{welcome.have}</h2>
          <p className="muted">{welcome.haveLead}</p>
          <ButtonLink to="/account/sign-in">{session.signIn}</ButtonLink>
        </section>
        <section className="card">
          <h2>{welcome.new}</h2>
          <p className="muted">{welcome.newLead}</p>
          <ButtonLink look="quiet" to="/account/sign-up">
            {session.signUp}
          </ButtonLink>
        </section>
      </Page>
    </Entrance>
  )
}
