import { type FocusEvent, type RefObject, useEffect, useRef } from 'react'

/**
 * An act may take away the very button that had the focus, and an element that is taken away tells nobody. Then `target`
 * takes it: whoever goes on by keyboard is not sent to the top of the page.
 *
 * @returns for the element around all that may have the focus
 */
export function useKeptFocus(target: RefObject<HTMLElement | null>): { onFocus(event: FocusEvent): void } {
  const last = useRef<Element>(null)
  useEffect(() => {
    const isGone = last.current?.isConnected === false
    if (isGone && document.activeElement === document.body) target.current?.focus({ preventScroll: true })
  })
  return {
    onFocus: event => {
      last.current = event.target
    }
  }
}
