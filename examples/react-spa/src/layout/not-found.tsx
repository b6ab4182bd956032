import { ButtonLink } from '../controls/button.tsx'
import { useTexts } from '../texts/language.tsx'
import { Page } from './page.tsx'

export function NotFound() {
  return <DeadEnd {...useTexts().notFound} />
}

/** For a member who comes to a page of the administration, by a link of an Admin for example. */
export function Refused() {
  return <DeadEnd {...useTexts().refused} />
}

function DeadEnd({ title, lead }: { title: string; lead: string }) {
  const { notFound } = useTexts()
  return (
    <Page title={title} lead={lead}>
      <div className="actions">
        <ButtonLink to="/">{notFound.back}</ButtonLink>
      </div>
    </Page>
  )
}
