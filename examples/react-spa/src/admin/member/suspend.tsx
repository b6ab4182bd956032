import { type components, ok } from 'guildhall/client'
import { client } from '../../client.ts'
import { notify } from '../../feedback/notices.tsx'
import { AskFirst } from '../../forms/ask-first.tsx'
import { Field } from '../../forms/field.tsx'
import { textOf } from '../../forms/form-data.ts'
import { useAdminTexts } from '../texts.ts'
import { fromLocal, toLocal } from './local-time.ts'
import type { Versioned } from './queries.ts'
import { useMemberAct } from './use-member-act.ts'
import { nameOf } from './words.ts'

const LONGEST_REASON = 255 // characters that the API takes

interface Props {
  member: Versioned
  suspension: components['schemas']['Suspension'] | null
}

/** Suspends, or changes reason and end of a suspension. */
export function Suspend({ member, suspension }: Props) {
  const { suspension: texts } = useAdminTexts()
  const act = useMemberAct(member)
  const name = nameOf(member.account)

  const suspend = async (data: FormData) => {
    const until = fromLocal(textOf(data, 'until'))
    const body = { reason: textOf(data, 'reason'), ...(until && { until }) }
    await act((params, currentPassword) =>
      ok(client.api.PUT('/accounts/{id}/suspension', { params, body: { ...body, currentPassword } }))
    )
    notify(suspension ? texts.changed : texts.done(name))
  }
  return (
    <AskFirst
      label={suspension ? texts.change : texts.suspend}
      title={suspension ? texts.changeTitle : texts.suspendTitle(name)}
      lead={suspension ? undefined : texts.suspendLead}
      submit={suspension ? texts.save : texts.suspend}
      look={suspension ? 'main' : 'danger'}
      act={suspend}
    >
      <Field
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        defaultValue={suspension?.reason}
        maxLength={LONGEST_REASON}
        autoComplete="off"
      />
      <Field
        name="until"
        type="datetime-local"
        isRequired={false}
        label={texts.untilField}
        hint={texts.untilHint}
        defaultValue={suspension?.until ? toLocal(suspension.until) : undefined}
      />
    </AskFirst>
  )
}
