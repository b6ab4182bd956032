import { type ReactNode, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useTexts } from '../texts/language.tsx'
import { ActForm } from './act-form.tsx'
import type { Places } from './faults.ts'

interface Props {
  /** What the button says that asks. */
  label: string
  title: string
  lead?: string
  /** What the button says that acts. */
  submit: string
  look?: 'main' | 'danger'
  places?: Places
  /** The question is gone when it succeeds. */
  act(data: FormData): Promise<void>
  /** What else is asked for. */
  children?: ReactNode
}

/** A button for what is not to happen by a slip: it asks in a dialog. */
export function AskFirst({ label, title, lead, submit, look = 'danger', places, act, children }: Props) {
  const { cancel } = useTexts()
  const [isAsking, ask] = useState(false)
  const actAndLeave = async (data: FormData) => {
    await act(data)
    ask(false)
  }
  return (
    <>
      <Button look="quiet" onPress={() => ask(true)}>
        {label}
      </Button>
      {isAsking && (
        <Dialog title={title} onClose={() => ask(false)}>
          {lead && <p>{lead}</p>}
          <ActForm
            act={actAndLeave}
            submit={submit}
            look={look}
            places={places}
            actions={
              <Button look="quiet" onPress={() => ask(false)}>
                {cancel}
              </Button>
            }
          >
            {children}
          </ActForm>
        </Dialog>
      )}
    </>
  )
}
