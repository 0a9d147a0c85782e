// My account: my name, how I sign in, and the devices on which I am signed in. Each section is its own file.
import './account/account.css'
import { PageHead } from '../parts/PageHead.tsx'
import { useMe } from '../queries.ts'
import { useSay } from '../words.tsx'
import { Devices } from './account/Devices.tsx'
import { Email } from './account/Email.tsx'
import { Name } from './account/Name.tsx'
import { Password } from './account/Password.tsx'
import { Phone } from './account/Phone.tsx'
import { Pin } from './account/Pin.tsx'
import { TwoStep } from './account/TwoStep.tsx'

export default function Account() {
  const say = useSay()
  const me = useMe()
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Akun saya', en: 'My account' })}
        under={me.data && [me.data.user.username, me.data.user.email].filter(Boolean).join(' · ')}
      />
      {me.data && <Name name={me.data.user.name} />}
      <Email />
      <Phone />
      <Password />
      <Pin />
      <TwoStep />
      <Devices />
    </div>
  )
}
