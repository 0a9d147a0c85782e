// All imports: begin one by dropping a file, find one again that was left.
import './imports.css'
import { Button, Select } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState, type DragEvent } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api, newIntent } from '../api.ts'
import type { Page } from '../model.ts'
import { announce } from '../parts/announce.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Note, Trouble, useSentence } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { STATUS, useImporters, type ImporterJson, type ImportJson } from './model.ts'

export default function ImportsPage() {
  const say = useSay()
  const { code } = useCommunity()
  const importers = useImporters(code)
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Impor data', en: 'Import data' })}
        under={say({
          id: 'Setiap berkas diperiksa dahulu. Tidak ada yang tersimpan sebelum Anda menyetujuinya.',
          en: 'Every file is checked first. Nothing is kept until you agree.',
        })}
      />
      {importers.error && !importers.data ? (
        <Trouble error={importers.error} retry={() => void importers.refetch()} />
      ) : !importers.data ? (
        <Bone height="9rem" />
      ) : importers.data.length === 0 ? (
        <Empty icon="import" title={say({ id: 'Tidak ada yang dapat Anda impor', en: 'There is nothing you can import' })}>
          {say({ id: 'Minta admin komunitas Anda jika Anda memerlukannya.', en: 'Ask your community’s administrator if you need it.' })}
        </Empty>
      ) : (
        <>
          <Upload importers={importers.data} />
          <Before importers={importers.data} />
        </>
      )}
    </div>
  )
}

function Upload({ importers }: { importers: readonly ImporterJson[] }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const box = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(importers[0]?.name ?? '')
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  async function send(file: File | undefined): Promise<void> {
    if (!file || busy) return
    setError(null)
    if (!/\.(xlsx|csv|tsv|txt)$/i.test(file.name))
      return setError(
        say(
          {
            id: '“{name}” bukan berkas .xlsx atau .csv. Simpan dahulu dari Excel dalam bentuk itu.',
            en: '“{name}” is not an .xlsx or .csv file. Save it from Excel in that form first.',
          },
          { name: file.name },
        ),
      )
    setBusy(file.name)
    announce(say({ id: 'Mengunggah {name}', en: 'Uploading {name}' }, { name: file.name }))
    try {
      const body = new FormData()
      body.set('importer', name)
      body.set('file', file)
      const made = await api.post<ImportJson>(apiAt.tenant(code, 'imports'), { body, intent: newIntent() })
      cache.setQueryData(['import', code, made.id], made)
      void cache.invalidateQueries({ queryKey: ['imports', code] })
      await navigate({ to: at.import(code, made.id) })
    } catch (problem) {
      setError(sentence(problem))
    } finally {
      setBusy(null)
    }
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0])
  }
  return (
    <section aria-label={say({ id: 'Impor baru', en: 'New import' })} className="upload">
      {importers.length > 1 && (
        <Select
          label={say({ id: 'Apa yang diimpor?', en: 'What do you import?' })}
          data={importers.map((one) => ({ value: one.name, label: say(one.label) }))}
          value={name}
          onChange={(next) => next && setName(next)}
          allowDeselect={false}
          maw="26rem"
        />
      )}
      <div
        className="drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="import" size={36} />
        <p>
          <strong>
            {importers.length === 1 ? say(importers[0]?.label) : say({ id: 'Taruh berkas di sini', en: 'Drop the file here' })}
          </strong>
          <br />
          <span className="soft">
            {say({ id: 'Seret berkas .xlsx atau .csv ke sini, atau', en: 'Drag an .xlsx or .csv file here, or' })}
          </span>
        </p>
        <Button loading={busy !== null} onClick={() => box.current?.click()}>
          {say({ id: 'Pilih berkas', en: 'Choose a file' })}
        </Button>
        <input
          ref={box}
          type="file"
          hidden
          accept=".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv"
          aria-label={say({ id: 'Berkas untuk diimpor', en: 'File to import' })}
          onChange={(event) => {
            void send(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <div role="alert">{error && <Note tone="harm">{error}</Note>}</div>
    </section>
  )
}

function Before({ importers }: { importers: readonly ImporterJson[] }) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const imports = useInfiniteQuery({
    queryKey: ['imports', code],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ data: ImportJson[]; page: Page }>(apiAt.tenant(code, 'imports'), { search: { after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const all = imports.data?.pages.flatMap((page) => page.data) ?? []
  if (imports.error && all.length === 0) return <Trouble error={imports.error} retry={() => void imports.refetch()} />
  if (all.length === 0) return null
  return (
    <section aria-labelledby="before" className="imports">
      <h2 id="before">{say({ id: 'Impor sebelumnya', en: 'Earlier imports' })}</h2>
      <ul>
        {all.map((one) => (
          <li key={one.id}>
            <Link to={at.import(code, one.id)}>{one.file_name}</Link>
            <span className="soft small">
              {say(importers.find((importer) => importer.name === one.importer)?.label)} ·{' '}
              {say({ id: '{n} baris', en: '{n} rows' }, { n: formats.number(one.sheet.rows) })}
            </span>
            <span className="state small" data-tone={STATUS[one.status].tone}>
              {say(STATUS[one.status].words)}
            </span>
            {one.created_at && (
              <time className="quiet small" dateTime={one.created_at} title={formats.moment(one.created_at)}>
                {formats.ago(one.created_at)}
              </time>
            )}
          </li>
        ))}
      </ul>
      {imports.hasNextPage && (
        <Button variant="subtle" loading={imports.isFetchingNextPage} onClick={() => void imports.fetchNextPage()}>
          {say({ id: 'Lebih lama lagi', en: 'Older' })}
        </Button>
      )}
    </section>
  )
}
