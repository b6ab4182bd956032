const PATHS = { docs: '/docs', mailbox: '/dev/mailbox' } as const

interface OtherPage {
  name: keyof typeof PATHS
  path: string
}

/** Pages of the server that are not ours. A Guildhall that serves this client says in index.html which ones it has. */
export function otherPages(): OtherPage[] {
  const names = document.querySelector<HTMLMetaElement>('meta[name="guildhall-pages"]')?.content.split(' ') ?? []
  return names.filter(isKnown).map(name => ({ name, path: PATHS[name] }))
}

function isKnown(name: string): name is OtherPage['name'] {
  return Object.hasOwn(PATHS, name)
}
