import { dictionary } from '@zxcvbn-ts/language-common'
import type { Fault } from '../errors.ts'

const PRODUCT = 'guildhall'
const SHORTEST_WORD = 3 // characters; shorter parts occur in passwords by chance

const COMMON = new Set(dictionary['passwords-common'].map(password => password.toLowerCase()))

/** Words that say something about the member: an attacker tries them first. */
export interface PersonalData {
  email: string
  firstName: string
  lastName: string
}

/**
 * Checks a new password as NIST SP 800-63B-4 §3.1.1.2 and ASVS V6.2 ask: length in code points, a
 * blocklist, the member's own data; no composition rules.
 *
 * @returns the faults; none when the password is good
 */
export function findPasswordFaults(password: string, minLength: number, person: PersonalData): Fault[] {
  const text = password.normalize('NFKC').toLowerCase()
  const path = '/password'
  if ([...text].length < minLength) return [{ path, message: `must be at least ${minLength} characters long` }]
  if (COMMON.has(text)) return [{ path, message: 'is one of the most common passwords' }]
  // A personal word is no fault in a long passphrase: what is left without it must be long enough.
  const rest = personalWords(person).reduce((left, word) => left.replaceAll(word, ''), text)
  if (rest !== text && [...rest].length < minLength)
    return [{ path, message: 'must not be based on your name, your e-mail address or the name of this service' }]
  return []
}

function personalWords({ email, firstName, lastName }: PersonalData): string[] {
  const [local = '', domain = ''] = email.split('@')
  const words = [
    email,
    local,
    domain,
    ...[local, domain, firstName, lastName].flatMap(text => text.split(/[^\p{L}\p{M}\p{N}]+/u)),
    PRODUCT
  ]
  const known = words.map(word => word.normalize('NFKC').toLowerCase()).filter(word => word.length >= SHORTEST_WORD)
  return known.sort((a, b) => b.length - a.length)
}
