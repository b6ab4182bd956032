import { type ReactNode, useId } from 'react'
import { Input, type InputProps, Label, TextField, type TextFieldProps } from 'react-aria-components'
import { Fault } from './fault.tsx'
import { Hint } from './hint.tsx'

interface Props extends Omit<TextFieldProps, 'children'> {
  name: string
  label: string
  hint?: ReactNode
  placeholder?: string
  /** To choose from, without having to. */
  suggestions?: readonly string[]
  inputClassName?: string
}

/** A labelled line of text, required unless said otherwise. */
export function Field({ label, hint, placeholder, suggestions, inputClassName, ...props }: Props) {
  const listId = useId()
  const list: Pick<InputProps, 'list'> = suggestions ? { list: listId } : {}
  return (
    <TextField isRequired className="field" {...props}>
      <Label>{label}</Label>
      <Input className={`input ${inputClassName ?? ''}`} placeholder={placeholder} {...list} />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map(value => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
      <Hint>{hint}</Hint>
      <Fault />
    </TextField>
  )
}
