import { ApiError } from 'guildhall/client'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { client } from '../client.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { textOf } from '../forms/form-data.ts'
import { PasswordField } from '../forms/password-field.tsx'
import { memberOf, useSession } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'
import { Cancelled } from './cancelled.ts'

type Act<Result> = (currentPassword?: string) => Promise<Result>
type Reauthenticate = <Result>(act: Act<Result>) => Promise<Result>

interface Question {
  /** Whose act it is. Nobody else is asked, and with nobody else's password is it done. */
  member: string | undefined
  /** Acts with the password. What is wrong with the password is thrown; everything else is for who asked. */
  answer(currentPassword: string): Promise<void>
  cancel(): void
}

const ReauthenticationContext = createContext<Reauthenticate | undefined>(undefined)

/**
 * Runs acts that the API does only for somebody who has entered the password lately: where it wants it, a dialog asks
 * for it, and the act runs again with it.
 *
 * @returns a function that resolves or rejects as the act does, or rejects as Cancelled: also when the session ends, or
 *   is another member's
 */
export function useReauthentication(): Reauthenticate {
  const reauthenticate = useContext(ReauthenticationContext)
  if (!reauthenticate) throw new Error('Shell puts the ReauthenticationProvider around every page.')
  return reauthenticate
}

export function ReauthenticationProvider({ children }: { children: ReactNode }) {
  const [question, ask] = useState<Question>()
  const present = memberOf(useSession())
  const isLeft = question !== undefined && question.member !== present
  useEffect(() => {
    if (isLeft) question.cancel()
  }, [isLeft, question])
  const reauthenticate = useCallback<Reauthenticate>(async act => {
    const member = memberOf(client.session)
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'reauthentication_required') throw error
    }
    return await new Promise((resolve, reject) => {
      const leave = () => ask(undefined)
      const cancel = () => {
        leave()
        reject(new Cancelled())
      }
      const answer = async (currentPassword: string) => {
        if (member !== memberOf(client.session)) return cancel()
        try {
          const result = await act(currentPassword)
          leave()
          resolve(result)
        } catch (error) {
          if (!(error instanceof ApiError) || isAboutPassword(error)) throw error // to the dialog
          leave()
          reject(error)
        }
      }
      ask({ member, answer, cancel })
    })
  }, [])
  return (
    <ReauthenticationContext value={reauthenticate}>
      {children}
      {question && !isLeft && <PasswordDialog {...question} />}
    </ReauthenticationContext>
  )
}

function PasswordDialog({ answer, cancel }: Pick<Question, 'answer' | 'cancel'>) {
  const { reauthentication, fields, cancel: no } = useTexts()
  return (
    <Dialog title={reauthentication.title} onClose={cancel}>
      <p>{reauthentication.lead}</p>
      <ActForm
        act={data => answer(textOf(data, 'currentPassword'))}
        submit={reauthentication.confirm}
        actions={
          <Button look="quiet" onPress={cancel}>
            {no}
          </Button>
        }
      >
        <PasswordField name="currentPassword" label={fields.currentPassword} />
      </ActForm>
    </Dialog>
  )
}

/** Refused for the password itself, or not decided yet: it can be entered again, here. */
function isAboutPassword({ status, faults }: ApiError): boolean {
  return status === 429 || status >= 500 || faults.some(({ path }) => path === '/currentPassword')
}
