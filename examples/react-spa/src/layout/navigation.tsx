import type { Role } from 'guildhall/client'
import { useEffect, useId, useState } from 'react'
import { NavLink, useLocation } from 'react-router'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { useTexts } from '../texts/language.tsx'

export function Navigation({ role }: { role: Role }) {
  const { navigation } = useTexts()
  const id = useId()
  const { pathname } = useLocation()
  const [isOpen, setOpen] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere wants to see it
  useEffect(() => setOpen(false), [pathname])
  return (
    <nav className="navigation" aria-label={navigation.label} data-open={isOpen || undefined}>
      <div className="menu-button">
        <Button look="quiet" aria-expanded={isOpen} aria-controls={id} onPress={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'close' : 'menu'} />
          {navigation.menu}
        </Button>
      </div>
      <div className="navigation-lists" id={id}>
        <ul>
          <Item to="/">{navigation.overview}</Item>
          <Item to="/account/profile">{navigation.profile}</Item>
          <Item to="/account/email">{navigation.email}</Item>
          <Item to="/account/password">{navigation.password}</Item>
          <Item to="/account/sessions">{navigation.sessions}</Item>
          <Item to="/account/activity">{navigation.activity}</Item>
          <Item to="/account/delete">{navigation.deletion}</Item>
        </ul>
        {role === 'Admin' && (
          <>
            <h2>{navigation.administration}</h2>
            <ul>
              <Item to="/admin/members">{navigation.members}</Item>
              <Item to="/admin/mail">{navigation.mail}</Item>
              <Item to="/admin/events">{navigation.events}</Item>
            </ul>
          </>
        )}
      </div>
    </nav>
  )
}

function Item({ to, children }: { to: string; children: string }) {
  return (
    <li>
      <NavLink to={to} end={to === '/'}>
        {children}
      </NavLink>
    </li>
  )
}
