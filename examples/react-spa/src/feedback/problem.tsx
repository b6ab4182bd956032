import { ApiError, type ErrorCode } from 'guildhall/client'
import { useMemo } from 'react'
import { Button } from '../controls/button.tsx'
import { useTexts } from '../texts/language.tsx'
import { Alert } from './alert.tsx'
import { useCountdown } from './countdown.ts'
import { explain, isPassing, retryAfter } from './explain.ts'

interface Props {
  error: Error
  /** What the page says to a code, where it knows better than the list. */
  words?: Partial<Record<ErrorCode, string>>
  /** Offered when it may help: at once, or as soon as the server takes another try. */
  retry?(): void
  isRetrying?: boolean
}

/** What went wrong, and what to do about it. */
export function Problem({ error, words, retry, isRetrying = false }: Props) {
  const texts = useTexts()
  const until = useMemo(() => Date.now() + retryAfter(error) * 1000, [error])
  const left = useCountdown(until)
  return (
    <Alert look="bad">
      <p>{explain(error, texts, words)}</p>
      {left > 0 && <p aria-live="off">{texts.inSeconds(left)}</p>}
      {error instanceof ApiError && error.status >= 500 && error.requestId && (
        <p className="small">{texts.reference(error.requestId)}</p>
      )}
      {retry && isPassing(error) && (
        <Button look="quiet" isPending={isRetrying} isDisabled={left > 0} onPress={retry}>
          {texts.tryAgain}
        </Button>
      )}
    </Alert>
  )
}
