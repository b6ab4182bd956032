import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Role } from 'guildhall/client'
import { useRef } from 'react'
import { Button, ButtonLink } from '../../controls/button.tsx'
import { Choice } from '../../controls/choice.tsx'
import { Page } from '../../layout/page.tsx'
import { useTexts } from '../../texts/language.tsx'
import { Empty } from '../list/empty.tsx'
import { useFilters } from '../list/filters.ts'
import { Paged } from '../list/paged.tsx'
import { SearchField } from '../list/search-field.tsx'
import { useAdminTexts } from '../texts.ts'
import { MemberList } from './member-list.tsx'
import { membersQuery } from './queries.ts'

const FILTERS = ['q', 'role'] as const
const UNSEEN = ['q'] // an address or a name, most of the time
const LONGEST_SEARCH = 254 // characters that the API takes

export function Members() {
  const { overview } = useTexts()
  const { members, list } = useAdminTexts()
  const [filters, change] = useFilters(FILTERS, UNSEEN)
  const role = roleIn(filters.role)
  const query = useInfiniteQuery({
    ...membersQuery({ q: filters.q, role }),
    placeholderData: keepPreviousData // while one types, the list does not flicker
  })
  const bar = useRef<HTMLDivElement>(null)
  const clear = () => {
    change({ q: '', role: '' })
    bar.current?.querySelector('input')?.focus() // the button will be gone
  }
  return (
    <Page title={members.title} lead={members.lead} isWide>
      <div className="filters" ref={bar}>
        <SearchField
          label={members.search}
          value={filters.q ?? ''}
          maxLength={LONGEST_SEARCH}
          onSearch={q => change({ q })}
        />
        <Choice
          label={members.role}
          value={role ?? ''}
          options={[
            ['', members.everyRole],
            ['User', overview.roles.User],
            ['Admin', overview.roles.Admin]
          ]}
          onChange={chosen => change({ role: chosen })}
        />
        <ButtonLink to="/admin/members/new">{members.add}</ButtonLink>
      </div>
      <Paged
        query={query}
        lines={12}
        inWords={members.shown}
        empty={
          <Empty title={members.none} lead={filters.q && members.noneLead}>
            <Button look="quiet" onPress={clear}>
              {list.clear}
            </Button>
          </Empty>
        }
      >
        {rows => <MemberList members={rows} />}
      </Paged>
    </Page>
  )
}

function roleIn(text: string | undefined): Role | undefined {
  return text === 'User' || text === 'Admin' ? text : undefined
}
