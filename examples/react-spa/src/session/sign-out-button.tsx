import { useMutation } from '@tanstack/react-query'
import { client } from '../client.ts'
import { Button } from '../controls/button.tsx'
import { explain } from '../feedback/explain.ts'
import { notify } from '../feedback/notices.tsx'
import { useTexts } from '../texts/language.tsx'

/** The gate sees the end of the session and leads on. */
export function SignOutButton() {
  const texts = useTexts()
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.signOut(),
    onError: error => notify(`${texts.session.stillSignedIn} ${explain(error, texts)}`, 'bad')
  })
  return (
    <Button look="quiet" isPending={isPending} onPress={() => mutate()}>
      {texts.session.signOut}
    </Button>
  )
}
