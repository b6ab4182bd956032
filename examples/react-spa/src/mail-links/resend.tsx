import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Alert } from '../feedback/alert.tsx'
import { useCountdown } from '../feedback/countdown.ts'
import { Problem } from '../feedback/problem.tsx'
import { useTexts } from '../texts/language.tsx'

const PAUSE_MS = 60_000 // mail takes a while; a second one any sooner only confuses

interface Props {
  label: string
  done: string
  /** Whether a mail has just gone out. */
  isFresh: boolean
  send(): Promise<unknown>
}

/** Sends a mail again, after a pause that is shown. */
export function Resend({ label, done, isFresh, send }: Props) {
  const { checkMail } = useTexts()
  const [next, setNext] = useState(() => Date.now() + (isFresh ? PAUSE_MS : 0))
  const left = useCountdown(next)
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: send,
    onSuccess: () => setNext(Date.now() + PAUSE_MS)
  })
  return (
    <>
      {isSuccess && (
        <Alert look="good">
          <p>{done}</p>
        </Alert>
      )}
      {error && <Problem error={error} retry={() => mutate()} isRetrying={isPending} />}
      <div className="actions">
        <Button look="quiet" isPending={isPending} isDisabled={left > 0} onPress={() => mutate()}>
          {left > 0 ? checkMail.resendIn(left) : label}
        </Button>
      </div>
    </>
  )
}
