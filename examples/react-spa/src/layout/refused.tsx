import { ButtonLink } from '../controls/button.tsx'
import { useTexts } from '../texts/language.tsx'
import { Page } from './page.tsx'

/** For a member who comes to a page of the administration, by a link of an Admin for example. */
export function Refused() {
  const { refused, notFound } = useTexts()
  return (
    <Page title={refused.title} lead={refused.lead}>
      <div className="actions">
        <ButtonLink to="/">{notFound.back}</ButtonLink>
      </div>
    </Page>
  )
}
