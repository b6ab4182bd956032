import { useId } from 'react'

interface Props<Value extends string> {
  label: string
  value: Value
  options: readonly (readonly [value: Value, label: string])[]
  onChange(value: Value): void
}

/** One of a few, by the browser's own list: that is the most usable one on every device. */
export function Choice<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const id = useId()
  const choose = (chosen: string) => {
    const option = options.find(([known]) => known === chosen)
    if (option) onChange(option[0])
  }
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={event => choose(event.target.value)}>
        {options.map(([known, text]) => (
          <option key={known} value={known}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
