// Me: my language, the look, my devices, and the way out.
import { Menu, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { api } from '../api.ts'
import { forgetDrafts } from '../form/drafts.ts'
import type { Me } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { useCommunity } from '../tenant.tsx'
import { useLanguage, useSay } from '../words.tsx'

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase()

/** Ends the session and forgets everything this device knew about people. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await api.delete('/api/session')
    forgetDrafts()
    await navigate({ to: '/sign-in', ignoreBlocker: true })
    client.clear()
  }
}

export function MeMenu({ me }: { me: Me }) {
  const say = useSay()
  const language = useLanguage()
  const { code, model } = useCommunity()
  const look = useMantineColorScheme()
  const signOut = useSignOut()
  const looks = [
    { value: 'light', label: { id: 'Terang', en: 'Light' } },
    { value: 'dark', label: { id: 'Gelap', en: 'Dark' } },
    { value: 'auto', label: { id: 'Ikuti perangkat', en: 'As the device' } },
  ] as const
  const languages = [
    { value: 'id', label: 'Bahasa Indonesia' },
    { value: 'en', label: 'English' },
  ] as const
  const chosen = (is: boolean) => (is ? { rightSection: <Icon name="check" size={15} label={say({ id: 'dipilih', en: 'chosen' })} /> } : {})
  const choose = (locale: 'id' | 'en') => {
    language.choose(locale)
    void api.patch('/api/me', { body: { locale } }).catch(() => undefined)
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className="plain me">
          <span aria-hidden>{initials(me.user.name)}</span>
          <span className="unseen">{say({ id: 'Saya: {name}', en: 'Me: {name}' }, { name: me.user.name })}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="me-who">
          <strong>{me.user.name}</strong>
          <span className="quiet small">{model.me.role}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{say({ id: 'Bahasa', en: 'Language' })}</Menu.Label>
        {languages.map(({ value, label }) => (
          <Menu.Item key={value} lang={value} closeMenuOnClick={false} onClick={() => choose(value)} {...chosen(language.locale === value)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>{say({ id: 'Tampilan', en: 'Look' })}</Menu.Label>
        {looks.map(({ value, label }) => (
          <Menu.Item
            key={value}
            closeMenuOnClick={false}
            onClick={() => look.setColorScheme(value)}
            {...chosen(look.colorScheme === value)}
          >
            {say(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to={at.settings(code, 'me')} leftSection={<Icon name="device" size={17} />}>
          {say({ id: 'Akun dan perangkat saya', en: 'My account and devices' })}
        </Menu.Item>
        {me.operator && (
          <Menu.Item component={Link} to="/platform" leftSection={<Icon name="shield" size={17} />}>
            {say({ id: 'Pengelola Balai', en: 'Balai operator' })}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void signOut()} leftSection={<Icon name="out" size={17} />}>
          {say({ id: 'Keluar', en: 'Sign out' })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
