import type { ReactNode } from 'react'
import { Text } from 'react-aria-components'

/** What helps to fill in the field around it, if anything does. */
export function Hint({ children }: { children: ReactNode }) {
  return children ? (
    <Text slot="description" className="hint">
      {children}
    </Text>
  ) : null
}
