import { ApiError } from 'guildhall/client'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { textOf } from '../forms/form-data.ts'
import { PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../texts/language.tsx'
import { Cancelled } from './cancelled.ts'

type Act<Result> = (currentPassword?: string) => Promise<Result>
type Reauthenticate = <Result>(act: Act<Result>) => Promise<Result>

interface Question {
  /** Acts with the password. What is wrong with the password is thrown; everything else is for who asked. */
  answer(currentPassword: string): Promise<void>
  cancel(): void
}

const ReauthenticationContext = createContext<Reauthenticate | undefined>(undefined)

/**
 * Runs acts that the API does only for somebody who has entered the password lately: where it wants it, a dialog asks
 * for it, and the act runs again with it.
 *
 * @returns a function that resolves or rejects as the act does, or rejects as Cancelled
 */
export function useReauthentication(): Reauthenticate {
  const reauthenticate = useContext(ReauthenticationContext)
  if (!reauthenticate) throw new Error('Shell puts the ReauthenticationProvider around every page.')
  return reauthenticate
}

export function ReauthenticationProvider({ children }: { children: ReactNode }) {
  const [question, ask] = useState<Question>()
  const reauthenticate = useCallback<Reauthenticate>(async act => {
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
      ask({ answer, cancel })
    })
  }, [])
  return (
    <ReauthenticationContext value={reauthenticate}>
      {children}
      {question && <PasswordDialog {...question} />}
    </ReauthenticationContext>
  )
}

function PasswordDialog({ answer, cancel }: Question) {
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
