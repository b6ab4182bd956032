import { useQuery } from '@tanstack/react-query'
import type { components } from 'guildhall/client'
import { Loaded } from '../../feedback/loaded.tsx'
import { useFormat } from '../../texts/format.ts'
import { useAdminTexts } from '../texts.ts'
import { Part } from './part.tsx'
import { suspensionQuery, type Versioned } from './queries.ts'
import { Restore } from './restore.tsx'
import { Suspend } from './suspend.tsx'

interface Props {
  id: string
  /** Undefined until it is here. */
  member: Versioned | undefined
  isSelf: boolean
}

/** Whether the member may sign in, and the acts that change it. */
export function Suspension({ id, member, isSelf }: Props) {
  const { suspension: texts } = useAdminTexts()
  const query = useQuery(suspensionQuery(id))
  return (
    <Part look="card" title={texts.title}>
      <Loaded query={query} lines={2}>
        {suspension => (
          <>
            {suspension ? (
              <SuspensionFacts suspension={suspension} />
            ) : (
              <p>{member && !member.account.isVerified ? texts.unconfirmed : texts.open}</p>
            )}
            {isSelf && <p className="muted">{texts.self}</p>}
            {member && !isSelf && (
              <div className="actions">
                {suspension && <Restore member={member} />}
                <Suspend member={member} suspension={suspension} />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Part>
  )
}

function SuspensionFacts({ suspension }: { suspension: components['schemas']['Suspension'] }) {
  const { suspension: texts } = useAdminTexts()
  const format = useFormat()
  return (
    <>
      <p>
        <span className="badge" data-look="warn">
          {texts.suspended}
        </span>
      </p>
      <dl className="facts">
        <dt>{texts.since}</dt>
        <dd>{format.moment(suspension.since)}</dd>
        <dt>{texts.until}</dt>
        <dd>{suspension.until ? format.moment(suspension.until) : texts.forever}</dd>
        <dt>{texts.reason}</dt>
        <dd>{suspension.reason}</dd>
      </dl>
    </>
  )
}
