import { useMutation } from '@tanstack/react-query'
import { ApiError, type ErrorCode } from 'guildhall/client'
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../controls/button.tsx'
import { Problem } from '../feedback/problem.tsx'
import { isCancelled } from '../reauthentication/cancelled.ts'
import type { Texts } from '../texts/en.ts'
import { useTexts } from '../texts/language.tsx'
import { faultsByField, faultsElsewhere, type Places } from './faults.ts'
import { useSteady } from './steady.ts'

interface Props {
  /** Sends what was typed. What it throws is shown; the fields keep their content. */
  act(data: FormData): Promise<void>
  submit: string
  look?: 'main' | 'danger'
  /** What the page says to a code, where it knows better than the list. */
  words?: Partial<Record<ErrorCode, string>>
  /** Which codes are about a field of this form. */
  places?: Places
  /** Beside the button. */
  actions?: ReactNode
  children?: ReactNode
}

/**
 * A form that does one thing. Faults of fields stand at the fields, the first of which gets the focus; everything else
 * that goes wrong stands at the button.
 */
export function ActForm({ act, submit, look, words, places, actions, children }: Props) {
  const texts = useTexts()
  const form = useRef<HTMLFormElement>(null)
  useSteady(form)
  const [edited, setEdited] = useState<readonly string[]>([])
  const isSending = useRef(false) // at once, where isPending comes with the next render: nothing is sent twice
  const {
    mutate,
    isPending,
    error: thrown
  } = useMutation({
    mutationFn: act,
    onMutate: () => setEdited([]),
    onSettled: () => {
      isSending.current = false
    }
  })
  const found = useMemo(() => faultsByField(thrown, texts, places), [thrown, texts, places])
  const faults = useMemo(() => openFaults(found, edited), [found, edited])
  const isAnswered = Object.keys(found).length > 0 && Object.keys(faults).length === 0
  const error = thrown && !isAnswered && !isCancelled(thrown) ? thrown : null
  const elsewhere = error && form.current ? faultsElsewhere(error, form.current, texts) : []

  useEffect(() => {
    if (Object.keys(found).length > 0) firstInvalid(form.current)?.focus()
  }, [found])

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isSending.current) return
    isSending.current = true
    mutate(new FormData(event.currentTarget))
  }
  const edit = ({ target }: FormEvent) => {
    if (!(target instanceof HTMLInputElement)) return
    setEdited([...edited, target.name])
    // React Aria looks again when a field is left. Were that by a click on the button, its fault would vanish, the button
    // move up, and the click miss it: so it looks now.
    if (target.ariaInvalid === 'true') target.dispatchEvent(new Event('change'))
  }
  return (
    <Form ref={form} validationErrors={faults} onSubmit={send} aria-busy={isPending}>
      <div className="form" onInput={edit}>
        {children}
        {error && (
          <>
            <Problem
              error={error}
              words={saidAbove(error, places, texts) ?? words}
              retry={() => form.current?.requestSubmit()}
              isRetrying={isPending}
            />
            {elsewhere.length > 0 && <p className="fault">{elsewhere.join(' ')}</p>}
          </>
        )}
        <div className="actions">
          <Button type="submit" look={look} isPending={isPending}>
            {submit}
          </Button>
          {actions}
        </div>
      </div>
    </Form>
  )
}

/**
 * The faults that still stand. React Aria forgets one when its field is left, which is too late for the Enter key: the
 * browser would refuse to send what is right by now. An edit of a field without a fault may have answered any of them,
 * as another name does for a password that was too close to it.
 */
function openFaults(found: Record<string, string[]>, edited: readonly string[]): Record<string, string[]> {
  if (edited.some(name => !(name in found))) return {}
  return Object.fromEntries(Object.entries(found).filter(([name]) => !edited.includes(name)))
}

/** What stands at its field is not said twice. */
function saidAbove(error: Error, places: Places | undefined, texts: Texts): Props['words'] {
  return error instanceof ApiError && places?.[error.code]
    ? { [error.code]: texts.errors.validation_failed }
    : undefined
}

function firstInvalid(form: HTMLFormElement | null): HTMLElement | undefined {
  return [...(form?.elements ?? [])].find(
    (element): element is HTMLInputElement => element instanceof HTMLInputElement && !element.validity.valid
  )
}
