import { type RefObject, useEffect } from 'react'

/**
 * Keeps a form in its place while the mouse is down. React Aria shows the fault of a field as soon as it is left, which
 * moves a button from under the mouse that is about to click it: so it learns of the change after the click.
 */
export function useSteady(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const gone = new AbortController()
    const options = { capture: true, signal: gone.signal }
    const left = new Set<HTMLInputElement>()
    let isDown = false
    const down = () => {
      isDown = true
    }
    const up = () => {
      isDown = false
      setTimeout(() => {
        for (const input of left) input.dispatchEvent(new Event('change'))
        left.clear()
      })
    }
    const hold = (event: Event) => {
      if (!isDown || !event.isTrusted || !(event.target instanceof HTMLInputElement)) return
      event.stopPropagation()
      left.add(event.target)
    }
    document.addEventListener('pointerdown', down, options)
    document.addEventListener('pointerup', up, options)
    document.addEventListener('pointercancel', up, options)
    form.current?.addEventListener('change', hold, options)
    return () => gone.abort()
  }, [form])
}
