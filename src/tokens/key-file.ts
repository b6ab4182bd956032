// Several signing keys in one text: PEM blocks with a line before each that says what the key is for. Text between
// blocks is allowed (RFC 7468 §2), so openssl reads such a file, too; it shows the first key, the one that signs.

/** The first key signs; the next one is published before it does; previous ones verify what they signed. */
export type KeyState = 'current' | 'next' | 'previous'

export interface KeptKey {
  pem: string
  state: KeyState
  /** When it became what it is; undefined when the text does not say. */
  since: Date | undefined
}

const TITLE = '# Signing keys of Guildhall: the first one signs. npm run cli -- keys rotate writes this file.'
const BLOCK = /([\s\S]*?)-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END \2-----/g
const LABEL = /^# (next|current|previous) since (\S+)$/m

/**
 * The private keys of a text, in its order. The position of the first key makes it the current one, whatever is
 * written before it; of the others, those that are not called next are previous.
 *
 * @throws TypeError when something else than private keys is in it
 */
export function readKeys(text: string): KeptKey[] {
  const blocks = [...text.matchAll(BLOCK)]
  // A block that was cut off must not be passed over: it may be the key that signs.
  if (blocks.length !== text.split('-----BEGIN').length - 1) throw new TypeError('not a private key in PEM')
  const keys = blocks
    .filter(([, , type]) => type !== 'EC PARAMETERS') // openssl ecparam -genkey writes them before the key
    .map(([, before = '', type = '', body = '']) => {
      if (!type.endsWith('PRIVATE KEY')) throw new TypeError('not a private key in PEM')
      const [, label, since = ''] = LABEL.exec(before) ?? []
      return { pem: `-----BEGIN ${type}-----${body}-----END ${type}-----\n`, label, since: new Date(since) }
    })
  if (keys.length === 0) throw new TypeError('not a private key in PEM')
  return keys.map(({ pem, label, since }, index) => {
    const isDated = !Number.isNaN(since.getTime())
    const state = index === 0 ? 'current' : label === 'next' && isDated ? 'next' : 'previous'
    return { pem, state, since: state === label && isDated ? since : undefined }
  })
}

/** The text of a key file, which readKeys reads. */
export function writeKeys(keys: readonly KeptKey[]): string {
  const blocks = keys.map(
    ({ pem, state, since }) => `${since ? `# ${state} since ${since.toISOString()}\n` : ''}${pem}`
  )
  return `${TITLE}\n\n${blocks.join('\n')}`
}
