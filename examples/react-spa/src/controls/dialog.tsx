import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useTexts } from '../texts/language.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface Props {
  title: string
  /** By Escape, the cross, or the caller's own button. */
  onClose(): void
  children: ReactNode
}

/**
 * A modal question; it is there as long as it is rendered. The browser's own dialog keeps the focus inside, makes the
 * rest inert and gives the focus back; React Aria's Modal would put a style element into the page on iOS, which a strict
 * Content-Security-Policy refuses.
 */
export function Dialog({ title, onClose, children }: Props) {
  const texts = useTexts()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // A layout effect, because its end comes before the element is gone: then the browser can give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    const first = shown?.querySelector<HTMLElement>('input') ?? shown?.querySelector('h2')
    first?.focus()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="dialog-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <Button look="icon" aria-label={texts.close} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      {children}
    </dialog>
  )
}
