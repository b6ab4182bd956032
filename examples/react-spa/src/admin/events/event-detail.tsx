import type { AuditEvent } from 'guildhall/client'
import { Link } from 'react-router'
import { useAdminTexts } from '../texts.ts'
import { readDetail } from './read-detail.ts'
import { useWording } from './wording.ts'

/** All that is known of an event. */
export function EventDetail({ event }: { event: AuditEvent }) {
  const { events } = useAdminTexts()
  const { label, text } = useWording()
  const { changes, others } = readDetail(event.detail)
  const facts: [name: string, value: string | null, filter?: 'actor' | 'subject'][] = [
    ...others.map(([name, value]): [string, string] => [label(name), text(value)]),
    [events.device, event.userAgent],
    [events.ip, event.ip],
    [events.subjectId, event.subjectId, 'subject'],
    [events.actorId, event.actorId, 'actor'],
    [events.session, event.sessionId],
    [events.request, event.requestId],
    [events.number, event.id]
  ]
  return (
    <div className="stack details-body">
      {changes.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{events.field}</th>
              <th scope="col">{events.before}</th>
              <th scope="col">{events.after}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row">{label(name)}</th>
                <td>{text(before)}</td>
                <td>{text(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="facts small">
        {facts.map(
          ([name, value, filter]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {value}
                  {filter && (
                    <>
                      {' '}
                      <Link to={`/admin/events?${new URLSearchParams({ [filter]: value })}`}>
                        {filter === 'actor' ? events.allBy : events.allTo}
                      </Link>
                    </>
                  )}
                </dd>
              </div>
            )
        )}
      </dl>
    </div>
  )
}
