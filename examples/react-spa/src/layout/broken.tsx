import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { Button } from '../controls/button.tsx'
import { useTexts } from '../texts/language.tsx'
import { Page } from './page.tsx'

/** When a page throws, or its code cannot be loaded: after a release its old files are gone, and a reload helps. */
export function Broken() {
  const { broken } = useTexts()
  const error = useRouteError()
  useEffect(() => reportError(error), [error])
  return (
    <main className="entrance-room" id="content">
      <Page title={broken.title} lead={broken.lead}>
        <div className="actions">
          <Button onPress={() => location.reload()}>{broken.reload}</Button>
        </div>
      </Page>
    </main>
  )
}
