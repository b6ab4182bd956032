import { Outlet, ScrollRestoration, useNavigation } from 'react-router'
import { Notices } from '../feedback/notices.tsx'
import { ReauthenticationProvider } from '../reauthentication/reauthentication.tsx'
import { useTexts } from '../texts/language.tsx'
import { Bar } from './bar.tsx'
import { Footer } from './footer.tsx'

/** What surrounds every page. */
export function Shell() {
  const texts = useTexts()
  const isLoading = useNavigation().state === 'loading'
  return (
    <>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      {isLoading && <div className="progress" role="progressbar" aria-label={texts.loading} />}
      <Bar />
      <ReauthenticationProvider>
        <Outlet />
      </ReauthenticationProvider>
      <Footer />
      <Notices />
      <ScrollRestoration />
    </>
  )
}
