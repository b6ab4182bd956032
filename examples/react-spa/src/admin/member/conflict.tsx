import { useEffect, useId, useRef } from 'react'
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { Button } from '../../controls/button.tsx'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'
import type { Conflict, Draft, Part } from './draft.ts'
import { partLabel, partText } from './words.ts'

interface Props {
  conflict: Conflict
  /** What the form shows now, and will be saved. */
  draft: Draft
  onTake(side: 'theirs' | 'mine', parts: readonly Part[]): void
}

/**
 * What somebody else has saved meanwhile: where both have changed a field, beside what was typed, to choose from; the
 * rest is named. When it happens once more it is another panel, by its key.
 */
export function ConflictPanel({ conflict, draft, onTake }: Props) {
  const all = useTexts()
  const texts = useAdminTexts().conflict
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { parts, taken, theirs } = conflict
  const lead = parts.length > 0 ? texts.lead : taken.length > 0 ? texts.merged : texts.harmless
  return (
    <section className="conflict" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {texts.title}
      </h2>
      <p>{lead}</p>
      {taken.length > 0 && (
        <p>{texts.taken(taken.map(part => `${partLabel(part, all)}: ${partText(part, theirs, all)}`).join(', '))}</p>
      )}
      {parts.map(part => (
        <Difference key={part} part={part} conflict={conflict} draft={draft} onTake={side => onTake(side, [part])} />
      ))}
      {parts.length > 1 && (
        <div className="actions">
          <Button look="quiet" onPress={() => onTake('theirs', parts)}>
            {texts.takeAll}
          </Button>
          <Button look="quiet" onPress={() => onTake('mine', parts)}>
            {texts.keepAll}
          </Button>
        </div>
      )}
    </section>
  )
}

interface DifferenceProps {
  part: Part
  conflict: Conflict
  draft: Draft
  onTake(side: 'theirs' | 'mine'): void
}

function Difference({ part, conflict, draft, onTake }: DifferenceProps) {
  const texts = useTexts()
  const { conflict: words } = useAdminTexts()
  const side = draft[part] === conflict.theirs[part] ? 'theirs' : 'mine'
  return (
    <RadioGroup
      className="difference"
      value={side}
      onChange={chosen => onTake(chosen === 'theirs' ? 'theirs' : 'mine')}
    >
      <Label>{partLabel(part, texts)}</Label>
      <div className="difference-sides">
        {(['theirs', 'mine'] as const).map(known => (
          <RadioField key={known} value={known}>
            <RadioButton className="radio difference-side">
              <span className="radio-dot" />
              <span>
                <span className="small">{words[known]}</span>
                <strong>{partText(part, conflict[known], texts)}</strong>
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  )
}
