import type { ReactNode } from 'react'

/** In place of a list that has nothing in it: why, and what to do. */
export function Empty({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  return (
    <section className="card empty">
      <h2>{title}</h2>
      {lead && <p className="muted">{lead}</p>}
      {children && <div className="actions">{children}</div>}
    </section>
  )
}
