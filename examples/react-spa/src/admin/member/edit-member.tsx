import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Loaded } from '../../feedback/loaded.tsx'
import { Page } from '../../layout/page.tsx'
import { useAdminTexts } from '../texts.ts'
import { EditForm } from './edit-form.tsx'
import { MemberGone } from './gone.tsx'
import { isGone, memberQuery } from './queries.ts'
import { nameOf } from './words.ts'

export function EditMember() {
  const { id = '' } = useParams()
  const { edit, member } = useAdminTexts()
  const { data, error, isFetching, refetch } = useQuery(memberQuery(id))
  // Who is deleted while the form is open is not taken away from under it: it says so when it is saved.
  if (!data && isGone(error)) return <MemberGone id={id} />
  return (
    <Page title={data ? edit.title(nameOf(data.account)) : member.title} lead={edit.lead}>
      <Loaded query={{ data, error: data ? null : error, isFetching, refetch }} lines={8}>
        {known => <EditForm key={id} member={known} />}
      </Loaded>
    </Page>
  )
}
