import { Alert } from '../feedback/alert.tsx'
import { Page } from '../layout/page.tsx'
import { useTexts } from '../texts/language.tsx'

/** Yours to write: the text stands in the files of src/texts. */
export function Terms() {
  const { terms } = useTexts()
  return (
    <Page title={terms.title}>
      <Alert look="plain">
        <p>{terms.lead}</p>
      </Alert>
      {terms.paragraphs.map(paragraph => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </Page>
  )
}
