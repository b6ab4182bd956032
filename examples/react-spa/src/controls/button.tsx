import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import { Link, type LinkProps } from 'react-router'
import { useTexts } from '../texts/language.tsx'

type Look = 'main' | 'quiet' | 'danger' | 'icon'

interface Props extends Omit<ButtonProps, 'children' | 'className'> {
  look?: Look
  children: ReactNode
}

/**
 * While pending it keeps its size, its name and the focus, and does nothing more. React Aria's own way renames it, and
 * announces elements that are gone when the act leads to another page.
 */
export function Button({ look = 'main', children, isPending, onPress, type, ...props }: Props) {
  const texts = useTexts()
  return (
    <>
      <AriaButton
        {...props}
        className="button"
        data-look={look}
        data-waiting={isPending || undefined}
        aria-disabled={isPending || undefined}
        onPress={isPending ? undefined : onPress}
        type={isPending ? 'button' : type} // the Enter key in a field sends nothing either
      >
        <span className="button-label">{children}</span>
        {isPending && <span className="spinner" />}
      </AriaButton>
      {isPending !== undefined && (
        <span className="visually-hidden" role="status">
          {isPending && texts.working}
        </span>
      )}
    </>
  )
}

/** A link that looks like a button, where going on is the one thing to do. */
export function ButtonLink({ look = 'main', ...props }: LinkProps & { look?: Look }) {
  return <Link {...props} className="button" data-look={look} />
}
