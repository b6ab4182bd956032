import { type ReactNode, useId, useRef } from 'react'
import { useKeptFocus } from '../list/kept-focus.ts'

interface Props {
  title: string
  /** Beside the heading. */
  aside?: ReactNode
  look: 'card' | 'stack part'
  children: ReactNode
}

/** A part of a member's page, whose heading takes the focus when nothing else can. */
export function Part({ title, aside, look, children }: Props) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const kept = useKeptFocus(heading)
  return (
    <section className={look} aria-labelledby={id} {...kept}>
      <div className="card-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
