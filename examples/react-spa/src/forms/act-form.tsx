import { useMutation } from '@tanstack/react-query'
import type { ErrorCode } from 'guildhall/client'
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../controls/button.tsx'
import { Problem } from '../feedback/problem.tsx'
import { useTexts } from '../texts/language.tsx'
import { faultsByField, faultsElsewhere } from './faults.ts'

interface Props {
  /** Sends what was typed. What it throws is shown; the fields keep their content. */
  act(data: FormData): Promise<void>
  submit: string
  look?: 'main' | 'danger'
  /** What the page says to a code, where it knows better than the list. */
  words?: Partial<Record<ErrorCode, string>>
  /** An error that says "never mind", for which nothing is shown. */
  ignores?(error: Error): boolean
  /** Beside the button. */
  actions?: ReactNode
  children?: ReactNode
}

/**
 * A form that does one thing. Faults of fields stand at the fields, the first of which gets the focus; everything else
 * that goes wrong stands at the button.
 */
export function ActForm({ act, submit, look, words, ignores, actions, children }: Props) {
  const texts = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const { mutate, isPending, error: thrown } = useMutation({ mutationFn: act })
  const error = thrown && !ignores?.(thrown) ? thrown : null
  const faults = useMemo(() => faultsByField(error, texts), [error, texts])
  const elsewhere = error && form.current ? faultsElsewhere(error, form.current, texts) : []

  useEffect(() => {
    if (Object.keys(faults).length > 0) firstInvalid(form.current)?.focus()
  }, [faults])

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isPending) mutate(new FormData(event.currentTarget))
  }
  return (
    <Form ref={form} className="form" validationErrors={faults} onSubmit={send} aria-busy={isPending}>
      {children}
      {error && (
        <>
          <Problem error={error} words={words} retry={() => form.current?.requestSubmit()} isRetrying={isPending} />
          {elsewhere.length > 0 && <p className="fault">{elsewhere.join(' ')}</p>}
        </>
      )}
      <div className="actions">
        <Button type="submit" look={look} isPending={isPending}>
          {submit}
        </Button>
        {actions}
      </div>
    </Form>
  )
}

function firstInvalid(form: HTMLFormElement | null): HTMLElement | undefined {
  return [...(form?.elements ?? [])].find(
    (element): element is HTMLInputElement => element instanceof HTMLInputElement && !element.validity.valid
  )
}
