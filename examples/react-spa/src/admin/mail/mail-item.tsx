import { useMutation } from '@tanstack/react-query'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../feedback/notices.tsx'
import { Problem } from '../../feedback/problem.tsx'
import { queryClient } from '../../query-client.ts'
import { useFormat } from '../../texts/format.ts'
import { useTexts } from '../../texts/language.tsx'
import { EVENTS, MAIL } from '../keys.ts'
import { useAdminTexts } from '../texts.ts'
import { isUnderWay, retryMail, type UndeliveredMail } from './queries.ts'

const KNOWN_MS = 4000 // after which a mail server has most likely answered, in a list that does not show what is tried

export function MailItem({ mail }: { mail: UndeliveredMail }) {
  const { tryAgain } = useTexts()
  const { mail: texts } = useAdminTexts()
  const format = useFormat()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => retryMail(mail.id),
    onSuccess: async () => {
      notify(texts.retried(mail.to))
      void queryClient.invalidateQueries({ queryKey: EVENTS })
      await queryClient.invalidateQueries({ queryKey: MAIL })
      setTimeout(() => queryClient.invalidateQueries({ queryKey: MAIL }), KNOWN_MS)
    }
  })
  const templates: Record<string, string> = texts.templates // a newer server may know more
  return (
    <li className="list-item mail">
      <div className="list-text">
        <h2>
          {mail.to}
          <span className="badge" data-look={mail.state === 'parked' ? 'warn' : undefined}>
            {texts[mail.state]}
          </span>
        </h2>
        <p>{templates[mail.template] ?? mail.template}</p>
        <p className="muted small">
          {[texts.attempts(mail.attempts), texts.written(format.moment(mail.created)), whenOf(mail)].join(' · ')}
        </p>
        {mail.lastError && (
          <p className="mail-error small">
            <span className="visually-hidden">{texts.lastError}: </span>
            {mail.lastError}
          </p>
        )}
        {error && <Problem error={error} retry={() => mutate()} isRetrying={isPending} />}
      </div>
      {mail.state === 'parked' && (
        <Button look="quiet" aria-label={texts.retryTo(mail.to)} isPending={isPending} onPress={() => mutate()}>
          {tryAgain}
        </Button>
      )}
    </li>
  )

  function whenOf({ parked, nextTry }: UndeliveredMail): string {
    if (parked) return texts.parkedSince(format.moment(parked))
    return nextTry && !isUnderWay(mail) ? texts.nextTry(format.moment(nextTry)) : texts.underWay
  }
}
