import type { ReactNode } from 'react'
import { Icon } from '../controls/icon.tsx'

interface Props {
  look: 'bad' | 'good' | 'plain'
  children: ReactNode
}

/** A box that screen readers read out when it appears: at once when it is bad, when there is a pause otherwise. */
export function Alert({ look, children }: Props) {
  return (
    <div className="alert" data-look={look} role={look === 'bad' ? 'alert' : 'status'}>
      <Icon name={look} />
      <div className="alert-text">{children}</div>
    </div>
  )
}
