// What each notification says in this community: our words, or its own, with a preview before they are kept and a way back.
import './notifications/notifications.css'
import '../record/record.css'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api, newIntent } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Trouble, useSentence } from '../parts/States.tsx'
import type { RowJson } from '../model.ts'
import { History } from '../record/History.tsx'
import { useCommunity, useResource } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { type KindWords, type WordsJson, wordsKey, WORDS } from './notifications/words.ts'
import { WordsForm } from './notifications/WordsForm.tsx'

export default function NotificationWords() {
  const say = useSay()
  const { code, model } = useCommunity()
  const words = useQuery({
    queryKey: wordsKey(code),
    queryFn: ({ signal }) => api.get<WordsJson>(apiAt.tenant(code, 'notification-words'), { signal }),
    staleTime: 0,
  })
  const modules = [...new Set(words.data?.data.map((one) => one.module) ?? [])]
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Kata pemberitahuan', en: 'Notification words' })}
        under={say({
          id: 'Apa yang dibaca anggota di lonceng, surel, SMS, dan peramban. Yang tidak diubah memakai kata bawaan.',
          en: 'What members read at the bell, in mails, SMS and browsers. What is not changed says the default.',
        })}
      />
      {words.error && !words.data ? (
        <Trouble error={words.error} retry={() => void words.refetch()} />
      ) : !words.data ? (
        <Bone height="12rem" />
      ) : (
        modules.map((module) => (
          <section key={module} aria-labelledby={`words-${module}`}>
            <h2 id={`words-${module}`}>
              {module === 'core' ? 'Balai' : say(model.modules.find((one) => one.name === module)?.label ?? { id: module, en: module })}
            </h2>
            <ul className="notice-words">
              {words.data.data
                .filter((one) => one.module === module)
                .map((kind) => (
                  <One key={`${kind.kind} ${kind.own?.version ?? 0}`} kind={kind} may={words.data.may} />
                ))}
            </ul>
          </section>
        ))
      )}
    </div>
  )
}

function One({ kind, may }: { kind: KindWords; may: readonly string[] }) {
  const say = useSay()
  const sentence = useSentence()
  const cache = useQueryClient()
  const { code } = useCommunity()
  const resource = useResource(WORDS)
  const [open, setOpen] = useState<'form' | 'history' | null>(null)
  const label = say(kind.label)
  const now = kind.own ?? kind.default
  const done = async (): Promise<void> => {
    setOpen(null)
    await cache.invalidateQueries({ queryKey: wordsKey(code) })
    await cache.invalidateQueries({ queryKey: ['history', code, WORDS] })
  }
  const reset = async (): Promise<void> => {
    if (!kind.own) return
    try {
      await api.delete(apiAt.row(code, WORDS, kind.own.id), { version: kind.own.version, intent: newIntent() })
      notifications.show({ message: say({ id: 'Kembali ke kata bawaan.', en: 'Back to the default words.' }) })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
    await done()
  }
  return (
    <li>
      <div className="notice-words-head">
        <h3>{label}</h3>
        <span className="quiet small">
          {kind.own ? say({ id: 'kata sendiri', en: 'own words' }) : say({ id: 'bawaan', en: 'default' })}
        </span>
        <div className="row">
          {kind.history_id && resource && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-md"
              onClick={() => setOpen(open === 'history' ? null : 'history')}
              aria-expanded={open === 'history'}
              aria-label={say({ id: 'Riwayat {label}', en: 'History of {label}' }, { label })}
            >
              {say({ id: 'Riwayat', en: 'History' })}
            </Button>
          )}
          {kind.own && may.includes('delete') && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-md"
              onClick={() => void reset()}
              aria-label={say({ id: 'Kembalikan {label} ke bawaan', en: 'Put {label} back to the default' }, { label })}
            >
              {say({ id: 'Kembalikan', en: 'Reset' })}
            </Button>
          )}
          {may.includes(kind.own ? 'update' : 'create') && (
            <Button
              variant="default"
              size="compact-md"
              onClick={() => setOpen(open === 'form' ? null : 'form')}
              aria-expanded={open === 'form'}
              aria-label={say({ id: 'Ubah {label}', en: 'Change {label}' }, { label })}
            >
              {say({ id: 'Ubah', en: 'Change' })}
            </Button>
          )}
        </div>
      </div>
      <p>{say({ id: now.title_id, en: now.title_en })}</p>
      <p className="soft small">{say({ id: now.text_id, en: now.text_en })}</p>
      {open === 'form' && <WordsForm kind={kind} done={() => void done()} cancel={() => setOpen(null)} />}
      {open === 'history' && kind.history_id && resource && <History resource={resource} row={{ id: kind.history_id } as RowJson} />}
    </li>
  )
}
