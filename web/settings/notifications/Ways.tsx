// Which ways each kind takes to me: a table of ticks, saved as they are ticked. Ways that lead nowhere are not offered.
import { Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '../../addresses.ts'
import { api } from '../../api.ts'
import { Note, useSentence } from '../../parts/States.tsx'
import { useCommunity } from '../../tenant.tsx'
import { useSay } from '../../words.tsx'
import { CHANNELS, CHANNEL_WORDS, type Channel, type Choices, choicesKey, type KindChoice } from './choices.ts'

export function Ways({ choices }: { choices: Choices }) {
  const say = useSay()
  const sentence = useSentence()
  const cache = useQueryClient()
  const { code, model } = useCommunity()
  const offered = CHANNELS.filter((channel) => channel === 'app' || choices.reach[channel].carried)
  const change = async (kind: KindChoice, channels: readonly Channel[] | null): Promise<void> => {
    const path = apiAt.tenant(code, `notification-choices/${kind.name}`)
    // What is on its way here was asked before the change.
    void cache.cancelQueries({ queryKey: choicesKey(code) })
    // Shown at once; what the server then says holds.
    cache.setQueryData<Choices>(
      choicesKey(code),
      (now) =>
        now && {
          ...now,
          kinds: now.kinds.map((one) =>
            one.name === kind.name ? { ...one, channels: channels ?? one.default, chosen: channels !== null } : one,
          ),
        },
    )
    try {
      await (channels ? api.put(path, { body: { channels } }) : api.delete(path))
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
    await cache.invalidateQueries({ queryKey: choicesKey(code) })
  }
  const unreachable = (['mail', 'sms'] as const).filter((way) => choices.reach[way].carried && !choices.reach[way].address)
  const modules = [...new Set(choices.kinds.map((kind) => kind.module))]
  return (
    <section className="notice-ways" aria-labelledby="notice-ways">
      <h2 id="notice-ways">{say({ id: 'Cara Anda diberi tahu', en: 'How you are told' })}</h2>
      {unreachable.length > 0 && (
        <Note>
          {unreachable.includes('mail')
            ? say({ id: 'Akun Anda belum punya alamat surel.', en: 'Your account has no e-mail address yet.' })
            : say({ id: 'Akun Anda belum punya nomor telepon.', en: 'Your account has no phone number yet.' })}{' '}
          <Link to={at.settings(code, 'me')}>{say({ id: 'Tambahkan di Akun saya', en: 'Add it in My account' })}</Link>
        </Note>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{say({ id: 'Kabar', en: 'What' })}</th>
            {offered.map((channel) => (
              <th key={channel} scope="col">
                {say(CHANNEL_WORDS[channel])}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{say({ id: 'Bawaan', en: 'Default' })}</span>
            </th>
          </tr>
        </thead>
        {modules.map((module) => (
          <tbody key={module}>
            <tr>
              <th scope="rowgroup" colSpan={offered.length + 2} className="notice-module">
                {module === 'core' ? 'Balai' : say(model.modules.find((one) => one.name === module)?.label ?? { id: module, en: module })}
              </th>
            </tr>
            {choices.kinds
              .filter((kind) => kind.module === module)
              .map((kind) => (
                <tr key={kind.name}>
                  <th scope="row">
                    {say(kind.label)}
                    <span className="soft small">
                      {say(kind.doc)}
                      {kind.urgent && ` ${say({ id: 'Mendesak: juga pada jam tenang.', en: 'Urgent: also in quiet hours.' })}`}
                    </span>
                  </th>
                  {offered.map((channel) => (
                    <td key={channel}>
                      <Checkbox
                        aria-label={`${say(kind.label)}: ${say(CHANNEL_WORDS[channel])}`}
                        checked={kind.channels.includes(channel)}
                        onChange={({ currentTarget: { checked } }) =>
                          void change(kind, checked ? [...kind.channels, channel] : kind.channels.filter((one) => one !== channel))
                        }
                      />
                      <span className="notice-way" aria-hidden>
                        {say(CHANNEL_WORDS[channel])}
                      </span>
                    </td>
                  ))}
                  <td>
                    {kind.chosen && (
                      <Button
                        variant="subtle"
                        color="gray"
                        size="compact-sm"
                        onClick={() => void change(kind, null)}
                        aria-label={say(
                          { id: 'Kembalikan {label} ke bawaan', en: 'Put {label} back to the default' },
                          { label: say(kind.label) },
                        )}
                      >
                        {say({ id: 'Bawaan', en: 'Default' })}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      <p className="soft small">
        {say({
          id: 'Tanpa lonceng, kabar tetap ada di daftar Anda, tetapi tidak dihitung.',
          en: 'Without the bell, what we tell you is still in your list, but not counted.',
        })}
      </p>
    </section>
  )
}
