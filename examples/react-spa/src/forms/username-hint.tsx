/** Tells a password manager whose password the form is about. Nobody sees or reaches it. */
export function UsernameHint({ email }: { email: string }) {
  return (
    <input
      className="visually-hidden"
      type="text"
      autoComplete="username"
      value={email}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  )
}
