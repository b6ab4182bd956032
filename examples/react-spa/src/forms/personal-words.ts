interface Person {
  firstName?: string | undefined
  lastName?: string | undefined
  email?: string | undefined
}

/** What an attacker knows about a member and tries first: no good in a password. */
export function personalWords({ firstName = '', lastName = '', email = '' }: Person): string[] {
  return [firstName, lastName, email, ...email.split(/[@.]/)].filter(word => word.length > 2)
}
