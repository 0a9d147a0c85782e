// Configuration: what the community may set, by group, each with its value, its default, and who changed it when.
import '../form/form.css'
import '../record/record.css'
import './configuration.css'
import { useQuery } from '@tanstack/react-query'
import type { Words } from '#kernel/words.ts'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, PageBones, Trouble } from '../parts/States.tsx'
import { useCommunity, useResource } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { ConfigurationOwn } from './ConfigurationOwn.tsx'
import { ConfigurationSetting } from './ConfigurationSetting.tsx'
import { settingsKey, type SettingJson } from './configuration-model.ts'

type SettingsJson = { categories: Record<string, Words>; data: SettingJson[]; may: string[] }

export default function Configuration() {
  const say = useSay()
  const { code } = useCommunity()
  const own = useResource('core.settings')
  const settings = useQuery({
    queryKey: settingsKey(code),
    queryFn: ({ signal }) => api.get<SettingsJson>(apiAt.tenant(code, 'settings'), { signal }),
    staleTime: 0,
  })
  if (settings.error && !settings.data) return <Trouble error={settings.error} retry={() => void settings.refetch()} />
  if (!settings.data) return <PageBones />
  const { categories, data, may } = settings.data
  const needed = data.filter((one) => one.needed).length
  return (
    <div className="page configuration">
      <PageHead
        title={say({ id: 'Konfigurasi', en: 'Configuration' })}
        under={say({
          id: 'Yang tidak diubah di sini mengikuti bawaan Balai.',
          en: 'What is not changed here follows the defaults of Balai.',
        })}
      />
      {needed > 0 && (
        <Note tone="wait">
          {needed === 1
            ? say({ id: 'Satu pengaturan masih perlu diisi.', en: 'One setting still needs to be filled in.' })
            : say({ id: '{n} pengaturan masih perlu diisi.', en: '{n} settings still need to be filled in.' }, { n: needed })}
        </Note>
      )}
      {Object.entries(categories).map(([category, label]) => {
        const inside = data.filter((one) => one.category === category)
        return inside.length ? (
          <section key={category} aria-labelledby={`settings-${category}`}>
            <h2 id={`settings-${category}`}>{say(label)}</h2>
            <ul>
              {inside.map((one) => (
                <ConfigurationSetting key={`${one.name} ${one.version}`} setting={one} mayChange={may.includes('update')} />
              ))}
            </ul>
          </section>
        ) : null
      })}
      {own && <ConfigurationOwn resource={own} />}
    </div>
  )
}
