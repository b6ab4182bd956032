import type { ReactNode } from 'react'
import { Outlet } from 'react-router'
import { useTexts } from '../texts/language.tsx'
import { Gables } from './gables.tsx'

/** The layout where nobody needs to be signed in. */
export function Entrance({ children = <Outlet /> }: { children?: ReactNode }) {
  const texts = useTexts()
  return (
    <div className="entrance">
      <div className="entrance-hall" aria-hidden="true">
        <p>{texts.tagline}</p>
        <Gables />
      </div>
      <main className="entrance-room" id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
