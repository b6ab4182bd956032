import { ButtonLink } from '../controls/button.tsx'
import { useTexts } from '../texts/language.tsx'
import { Page } from './page.tsx'

export function NotFound() {
  const { notFound } = useTexts()
  return (
    <Page title={notFound.title} lead={notFound.lead}>
      <div className="actions">
        <ButtonLink to="/">{notFound.back}</ButtonLink>
      </div>
    </Page>
  )
}
