// What an import would do, or did: a sentence, the counts, the report to take away.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { Icon } from '../parts/Icon.tsx'
import { useSentence } from '../parts/States.tsx'
import { totalWords } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { useImporters, type ImportJson } from './model.ts'

export function Outcome({ one, children }: { one: ImportJson; children?: ReactNode }) {
  const say = useSay()
  const formats = useFormats()
  const counts = one.counts ?? { new: 0, unchanged: 0, rejected: 0, warnings: 0 }
  const done = one.status === 'applied'
  const good = counts.new + counts.unchanged
  const n = (value: number): string => formats.number(value)
  const sentence = done
    ? counts.rejected
      ? say(
          {
            id: '{good} dari {all} baris sudah ada di daftar, {bad} perlu Anda periksa.',
            en: '{good} of {all} rows are in the register, {bad} need you.',
          },
          { good: n(good), all: n(one.sheet.rows), bad: n(counts.rejected) },
        )
      : say({ id: 'Semua {all} baris sudah ada di daftar.', en: 'All {all} rows are in the register.' }, { all: n(one.sheet.rows) })
    : counts.new === 0
      ? counts.rejected
        ? say({
            id: 'Belum ada yang dapat diimpor. Perbaiki berkasnya, lalu unggah lagi.',
            en: 'Nothing can be imported yet. Correct the file and upload it again.',
          })
        : say({
            id: 'Semua baris sudah ada di daftar. Tidak ada yang perlu diimpor.',
            en: 'Every row is in the register already. There is nothing to import.',
          })
      : counts.rejected
        ? say(
            {
              id: '{new} baris siap diimpor. {bad} ditolak dan tidak ikut.',
              en: '{new} rows are ready to import. {bad} are rejected and stay out.',
            },
            { new: n(counts.new), bad: n(counts.rejected) },
          )
        : say({ id: '{new} baris siap diimpor.', en: '{new} rows are ready to import.' }, { new: n(counts.new) })
  return (
    <section className="outcome" aria-label={say({ id: 'Hasil', en: 'Result' })}>
      <p className="outcome-sentence" role="status">
        {done && <Icon name="check" size={22} />}
        {sentence}
      </p>
      <dl className="counts">
        <Count value={counts.new} words={done ? { id: 'diimpor', en: 'imported' } : { id: 'baru', en: 'new' }} />
        <Count value={counts.unchanged} words={{ id: 'sudah ada', en: 'unchanged' }} />
        <Count value={counts.rejected} words={{ id: 'ditolak', en: 'rejected' }} tone="harm" />
        <Count value={counts.warnings} words={{ id: 'dengan peringatan', en: 'with a warning' }} tone="wait" />
      </dl>
      {done && one.totals && <Totals totals={one.totals} module={one.importer.split('.')[0] ?? ''} />}
      <div className="import-next">
        {children}
        {done && <ToList one={one} />}
        <Report one={one} />
      </div>
    </section>
  )
}

function Count({ value, words, tone }: { value: number; words: { id: string; en: string }; tone?: 'harm' | 'wait' }) {
  const say = useSay()
  const formats = useFormats()
  return (
    <div data-tone={value > 0 ? tone : undefined}>
      <dt>{say(words)}</dt>
      <dd>{formats.number(value)}</dd>
    </div>
  )
}

/** What was written, by kind: the names are those of resources where there is one. */
function Totals({ totals, module: from }: { totals: Readonly<Record<string, number>>; module: string }) {
  const say = useSay()
  const formats = useFormats()
  const { model } = useCommunity()
  const label = (key: string): string => {
    const resource = model.modules.flatMap((module) => module.resources).find((one) => one.plural === key)
    return say(totalWords(from, key) ?? resource?.label.many ?? key.replaceAll('_', ' '))
  }
  return (
    <p className="soft">
      {say({ id: 'Tersimpan:', en: 'Written:' })}{' '}
      {Object.entries(totals)
        .filter(([, value]) => value > 0)
        .map(([key, value]) => `${formats.number(value)} ${lower(label(key))}`)
        .join(' · ')}
    </p>
  )
}

/** Lower case inside a sentence, but abbreviations stay: "RT". */
const lower = (word: string): string => (word === word.toUpperCase() ? word : word.toLowerCase())

function ToList({ one }: { one: ImportJson }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const importer = useImporters(code).data?.find((each) => each.name === one.importer)
  const resource = model.modules.flatMap((module) => module.resources).find((each) => each.name === importer?.resource)
  if (!resource) return null
  return (
    <Button component={Link} to={at.list(code, resource.name)}>
      {say({ id: 'Buka {many}', en: 'Open {many}' }, { many: say(resource.label.many).toLowerCase() })}
    </Button>
  )
}

function Report({ one }: { one: ImportJson }) {
  const say = useSay()
  const trouble = useSentence()
  const { code } = useCommunity()
  const [busy, setBusy] = useState(false)
  const take = async (): Promise<void> => {
    setBusy(true)
    try {
      await api.save(apiAt.tenant(code, `imports/${one.id}/report`), { format: 'xlsx' })
    } catch (error) {
      notifications.show({ color: 'harm', message: trouble(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="default" loading={busy} onClick={() => void take()} leftSection={<Icon name="export" size={16} />}>
      {say({ id: 'Unduh laporan', en: 'Download the report' })}
    </Button>
  )
}
