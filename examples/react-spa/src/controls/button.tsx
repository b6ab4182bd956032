import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps, ProgressBar } from 'react-aria-components'
import { Link, type LinkProps } from 'react-router'
import { useTexts } from '../texts/language.tsx'

type Look = 'main' | 'quiet' | 'danger' | 'icon'

interface Props extends Omit<ButtonProps, 'children' | 'className'> {
  look?: Look
  children: ReactNode
}

/** While pending it keeps its size, its place and the focus, and does nothing more. */
export function Button({ look = 'main', children, ...props }: Props) {
  const texts = useTexts()
  return (
    <AriaButton {...props} className="button" data-look={look}>
      {({ isPending }) => (
        <>
          <span className="button-label">{children}</span>
          {isPending && <ProgressBar isIndeterminate className="spinner" aria-label={texts.working} />}
        </>
      )}
    </AriaButton>
  )
}

/** A link that looks like a button, where going on is the one thing to do. */
export function ButtonLink({ look = 'main', ...props }: LinkProps & { look?: Look }) {
  return <Link {...props} className="button" data-look={look} />
}
