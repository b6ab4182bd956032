import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../texts/language.tsx'

interface Props {
  title: string
  lead?: ReactNode
  /** For tables and lists that need the room. */
  isWide?: boolean
  children?: ReactNode
}

let isFirst = true // the browser announces the first page by itself

/**
 * A page, or what a page turns into (then with a key of its own): its heading takes the focus, so that keyboard and
 * screen reader go on from there, and the window has its title.
 */
export function Page({ title, lead, isWide = false, children }: Props) {
  const texts = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = texts.pageTitle(title)
  }, [texts, title])
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true })
    isFirst = false
  }, [])
  return (
    <div className={isWide ? 'page wide' : 'page'}>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p>{lead}</p>}
      </div>
      {children}
    </div>
  )
}
