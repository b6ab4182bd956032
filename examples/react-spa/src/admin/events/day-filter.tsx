import { useId } from 'react'

interface Props {
  label: string
  value: string | undefined
  fault?: string
  onChange(day: string): void
}

/** A day, by the browser's own calendar. */
export function DayFilter({ label, value = '', fault, onChange }: Props) {
  const id = useId()
  const faultId = useId()
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="date"
        value={value}
        onChange={event => onChange(event.target.value)}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? faultId : undefined}
      />
      {fault && (
        <p id={faultId} className="fault">
          {fault}
        </p>
      )}
    </div>
  )
}
