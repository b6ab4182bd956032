import type { Account } from 'guildhall/client'
import { Link } from 'react-router'
import { Page } from '../layout/page.tsx'
import { useFormat } from '../texts/format.ts'
import { useTexts } from '../texts/language.tsx'

export function Overview({ account }: { account: Account }) {
  const { overview } = useTexts()
  const format = useFormat()
  return (
    <Page title={overview.title(account.firstName)} lead={overview.lead} isWide>
      <section className="card">
        <dl className="facts">
          <dt>{overview.name}</dt>
          <dd>
            {account.title} {account.firstName} {account.lastName}
          </dd>
          <dt>{overview.email}</dt>
          <dd>{account.email}</dd>
          <dt>{overview.role}</dt>
          <dd>{overview.roles[account.role]}</dd>
          <dt>{overview.since}</dt>
          <dd>{format.day(account.created)}</dd>
        </dl>
        <div className="actions">
          <Link to="/account/profile">{overview.changeName}</Link>
          <Link to="/account/email">{overview.changeEmail}</Link>
        </div>
      </section>
      <div className="tiles">
        <Tile
          title={overview.password}
          lead={overview.passwordLead}
          to="/account/password"
          act={overview.changePassword}
        />
        <Tile
          title={overview.sessions}
          lead={overview.sessionsLead}
          to="/account/sessions"
          act={overview.seeSessions}
        />
        <Tile
          title={overview.activity}
          lead={overview.activityLead}
          to="/account/activity"
          act={overview.seeActivity}
        />
      </div>
    </Page>
  )
}

function Tile({ title, lead, to, act }: { title: string; lead: string; to: string; act: string }) {
  return (
    <section className="card tile">
      <h2>{title}</h2>
      <p className="muted">{lead}</p>
      <Link to={to}>{act}</Link>
    </section>
  )
}
