import { useQuery } from '@tanstack/react-query'
import type { Account } from 'guildhall/client'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { MEMBERS } from '../keys.ts'
import { useSettled } from '../list/settled.ts'
import { suggestMembers } from '../members/queries.ts'
import { useAdminTexts } from '../texts.ts'
import { isAccountId } from './queries.ts'
import { Who } from './who.tsx'

const SHORTEST = 2 // letters that are worth a request

interface Props {
  label: string
  id: string | undefined
  onChange(id: string): void
}

/** One member to narrow a list to: by address, or by the number of an account that may be deleted. */
export function MemberFilter({ label, id, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const isChanging = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the one control the other takes the place, and the focus
  useEffect(() => {
    if (isChanging.current) box.current?.querySelector<HTMLElement>('input, button')?.focus()
    isChanging.current = false
  }, [id])
  const change = (next: string) => {
    isChanging.current = true
    onChange(next)
  }
  return (
    <div ref={box}>
      {id ? <ChosenMember label={label} id={id} onChange={change} /> : <MemberSearch label={label} onChange={change} />}
    </div>
  )
}

function ChosenMember({ label, id, onChange }: Props & { id: string }) {
  const { events } = useAdminTexts()
  return (
    <div className="choice chosen">
      <span className="choice-label">{label}</span>
      <span className="chosen-value">
        <Who id={id} />
        <Button look="icon" aria-label={events.remove(label)} onPress={() => onChange('')}>
          <Icon name="close" />
        </Button>
      </span>
    </div>
  )
}

function MemberSearch({ label, onChange }: Omit<Props, 'id'>) {
  const { events } = useAdminTexts()
  const inputId = useId()
  const listId = useId()
  const faultId = useId()
  const [typed, setTyped] = useState('')
  const [sought, seek] = useState('') // by the Enter key, which need not wait for the suggestions
  const settled = useSettled(typed.trim())
  const q = sought || settled
  const { data } = useQuery({
    queryKey: [...MEMBERS, 'suggestions', q],
    queryFn: ({ signal }) => suggestMembers(q, signal),
    enabled: (sought !== '' || q.length >= SHORTEST) && !isAccountId(q)
  })
  const found = sought && data ? theOne(data, sought)?.id : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told once, not whenever onChange is another function
  useEffect(() => {
    if (found) onChange(found)
  }, [found])
  const fault = sought && data && !found && (data.length > 0 ? events.severalMembers : events.noSuchMember)
  const type = (text: string) => {
    setTyped(text)
    seek('')
    const exact = data?.find(({ email }) => email === text) // chosen from the list
    if (exact) onChange(exact.id)
    else if (isAccountId(text.trim())) onChange(text.trim().toLowerCase())
  }
  const search = (event: FormEvent) => {
    event.preventDefault()
    seek(typed.trim())
  }
  return (
    <form className="choice" onSubmit={search}>
      <label htmlFor={inputId}>{label}</label>
      <input
        id={inputId}
        className="input"
        list={listId}
        value={typed}
        onChange={event => type(event.target.value)}
        placeholder={events.memberHint}
        autoComplete="off"
        spellCheck="false"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? faultId : undefined}
      />
      <datalist id={listId}>
        {data?.map(({ id, email, firstName, lastName }) => (
          <option key={id} value={email}>{`${lastName}, ${firstName}`}</option>
        ))}
      </datalist>
      {fault && (
        <p id={faultId} className="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

/** Who is meant by what was typed: the only one it fits, or the only one it names in full. */
function theOne(members: readonly Account[], typed: string): Account | undefined {
  const name = typed.toLowerCase()
  const exact = members.filter(({ email, lastName }) => [email, lastName].some(known => known.toLowerCase() === name))
  const [first, ...others] = exact.length > 0 ? exact : members
  return others.length > 0 ? undefined : first
}
