import { useEffect, useRef, useState } from 'react'
import { Field } from '../../forms/field.tsx'
import { PAUSE_MS } from './settled.ts'

interface Props {
  label: string
  value: string
  maxLength: number
  onSearch(value: string): void
}

/** Searches as one types. */
export function SearchField({ label, value, maxLength, onSearch }: Props) {
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    // Changed from elsewhere, by a link or a button. What is being typed right now is newer.
    if (timer.current === undefined) setTyped(shown => (shown.trim() === value ? shown : value))
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (next: string) => {
    setTyped(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = undefined
      onSearch(next.trim())
    }, PAUSE_MS)
  }
  return (
    <Field
      name="q"
      type="search"
      isRequired={false}
      className="field search"
      label={label}
      value={typed}
      maxLength={maxLength}
      onChange={type}
      autoComplete="off"
      spellCheck="false"
    />
  )
}
