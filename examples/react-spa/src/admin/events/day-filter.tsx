import { useId } from 'react'

interface Props {
  label: string
  value: string | undefined
  onChange(day: string): void
}

/** A day, by the browser's own calendar. */
export function DayFilter({ label, value = '', onChange }: Props) {
  const id = useId()
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="input" type="date" value={value} onChange={event => onChange(event.target.value)} />
    </div>
  )
}
