import { useQuery } from '@tanstack/react-query'
import { ApiError, ok } from 'guildhall/client'
import { useEffect } from 'react'
import { client } from '../client.ts'
import { Loaded } from '../feedback/loaded.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { textOf } from '../forms/form-data.ts'
import { NewPasswordField } from '../forms/new-password-field.tsx'
import { Page } from '../layout/page.tsx'
import { useTexts } from '../texts/language.tsx'
import { resetPassword } from './reset.ts'

interface Props {
  token: string
  onDone(): void
  onDead(): void
}

/** Looks first whether the link is good: nobody thinks of a new password in vain. */
export function ResetByLink({ token, onDone, onDead }: Props) {
  const { reset } = useTexts()
  const check = useQuery({
    queryKey: ['reset-token', token],
    queryFn: () => ok(client.api.POST('/accounts/validate-reset-token', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0
  })
  const isDead = isRefusal(check.error)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it turns out
  useEffect(() => {
    if (isDead) onDead()
  }, [isDead])

  const send = async (data: FormData) => {
    try {
      await resetPassword({ token }, textOf(data, 'password'))
      onDone()
    } catch (error) {
      if (!isRefusal(error)) throw error
      onDead()
    }
  }
  return (
    <Page title={reset.title} lead={reset.consequences}>
      <Loaded query={check} lines={3}>
        {() => (
          <ActForm act={send} submit={reset.submit}>
            <NewPasswordField />
          </ActForm>
        )}
      </Loaded>
    </Page>
  )
}

/** The link is used, expired or replaced: no password will do. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}
