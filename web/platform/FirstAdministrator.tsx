// Who runs a community first: invited by mail or SMS, a new account, somebody who has one, or nobody yet.
import '@mantine/core/styles/Radio.layer.css'
import { PasswordInput, Radio, TextInput, type TextInputProps } from '@mantine/core'
import { useSay } from '../words.tsx'

type Way = 'invited' | 'new' | 'known' | 'later'
/** `way` null: the first of those that are possible here. */
export type FirstChoice = {
  readonly way: Way | null
  readonly login: string
  readonly name: string
  readonly username: string
  readonly email: string
  readonly address: string
  readonly password: string
}
export const NOBODY: FirstChoice = { way: null, login: '', name: '', username: '', email: '', address: '', password: '' }

type Carries = readonly ('mail' | 'sms')[]
const wayOf = ({ way }: FirstChoice, carries: Carries): Way => way ?? (carries.length ? 'invited' : 'new')

/** What somebody typed into one field: an e-mail address has an @, everything else is a phone number. */
export const addressOf = (typed: string): { email: string } | { phone: string } =>
  typed.includes('@') ? { email: typed.trim() } : { phone: typed.trim() }

/** As the server takes it. */
export function administratorOf(choice: FirstChoice, carries: Carries): object | null {
  const { login, name, username, email, address, password } = choice
  switch (wayOf(choice, carries)) {
    case 'later':
      return null
    case 'known':
      return { login }
    case 'invited':
      return { invite: { name, ...addressOf(address) } }
    case 'new':
      return { name, username, email: email || null, password: password || null }
  }
}

export function FirstAdministrator({
  choice,
  put,
  carries,
  errors,
}: {
  choice: FirstChoice
  put: (change: Partial<FirstChoice>) => void
  carries: Carries
  errors: Readonly<Record<string, string>>
}) {
  const say = useSay()
  const way = wayOf(choice, carries)
  const field = (name: Exclude<keyof FirstChoice, 'way'>, label: { id: string; en: string }) => ({
    label: say(label),
    value: choice[name],
    error: errors[`administrator.${name}`],
    autoComplete: 'off',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => put({ [name]: value }),
  })
  const asked = say({ id: 'Administrator pertama', en: 'First administrator' })
  return (
    <fieldset className="platform-fields">
      <legend>{asked}</legend>
      <Radio.Group value={way} onChange={(value) => put({ way: value as Way })} aria-label={asked}>
        <div className="stack" style={{ gap: '.5rem' }}>
          {carries.length > 0 && <Radio value="invited" label={say({ id: 'Undang seseorang', en: 'Invite somebody' })} />}
          <Radio value="new" label={say({ id: 'Buat akun baru', en: 'Make a new account' })} />
          <Radio value="known" label={say({ id: 'Orang yang sudah punya akun', en: 'Somebody who has an account' })} />
          <Radio value="later" label={say({ id: 'Nanti saja', en: 'Later' })} />
        </div>
      </Radio.Group>
      {way === 'invited' && (
        <>
          <TextInput
            {...field('name', { id: 'Nama lengkap', en: 'Full name' })}
            error={errors['administrator.invite.name'] ?? errors['administrator']}
          />
          <AddressInput
            carries={carries}
            value={choice.address}
            onChange={({ currentTarget: { value } }) => put({ address: value })}
            autoComplete="off"
            error={errors['administrator.invite.email'] ?? errors['administrator.invite.phone']}
          />
        </>
      )}
      {way === 'known' && <TextInput {...field('login', { id: 'Nama pengguna atau surel', en: 'Username or e-mail' })} />}
      {way === 'new' && (
        <>
          <TextInput {...field('name', { id: 'Nama lengkap', en: 'Full name' })} />
          <TextInput {...field('username', { id: 'Nama pengguna', en: 'Username' })} />
          <TextInput {...field('email', { id: 'Surel (boleh kosong)', en: 'E-mail (optional)' })} type="email" />
          <PasswordInput
            {...field('password', { id: 'Kata sandi sementara', en: 'Temporary password' })}
            autoComplete="new-password"
            description={say({
              id: 'Kosongkan bila ia punya surel: tautan untuk membuat kata sandi dikirim ke sana.',
              en: 'Leave it empty if they have an e-mail: a link to set a password is sent there.',
            })}
          />
        </>
      )}
    </fieldset>
  )
}

const addressLabel = (carries: Carries): { id: string; en: string } =>
  carries.length > 1
    ? { id: 'Surel atau nomor ponsel', en: 'E-mail or mobile number' }
    : carries[0] === 'sms'
      ? { id: 'Nomor ponsel', en: 'Mobile number' }
      : { id: 'Surel', en: 'E-mail' }

/** Where an invitation goes. */
export function AddressInput({ carries, ...input }: Omit<TextInputProps, 'label' | 'description'> & { carries: Carries }) {
  const say = useSay()
  return (
    <TextInput
      {...input}
      label={say(addressLabel(carries))}
      description={say({
        id: 'Ia mendapat tautan yang berlaku tujuh hari, dan membuat kata sandinya sendiri.',
        en: 'They get a link that is good for seven days, and make their own password.',
      })}
    />
  )
}
