// The health of a resident on their own page: closed until somebody opens it on purpose, which is noted under their name.
import './health.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import type { ListJson, ResourceFacts, RowJson } from '#web/model.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Bone, Note, Trouble, useSentence } from '#web/parts/States.tsx'
import { textOf, useTools } from '#web/parts/Value.tsx'
import type { RecordScreenProps } from '#web/screens.ts'
import { useCommunity, useResource } from '#web/tenant.tsx'
import { Growth } from './Growth.tsx'
import { type Given, Vaccinations } from './Vaccinations.tsx'

/** What is open closes by itself: a screen is left standing more often than anybody thinks. */
const OPEN_FOR = 5 * 60_000

export function HealthTab({ row }: RecordScreenProps) {
  const { code } = useCommunity()
  const records = useResource('registry.health_records')
  const found = useQuery({
    queryKey: ['related', code, 'health', row.id],
    queryFn: ({ signal }) =>
      api.get<ListJson>(apiAt.resource(code, 'registry.health_records'), { search: { citizen_id: row.id, limit: '1' }, signal }),
  })
  if (!records) return null
  if (found.error && !found.data) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Bone width="60%" />
  const record = found.data.data[0]
  return (
    <div className="stack health">
      {record ? <Record resource={records} record={record} /> : <None citizen={row} may={found.data.may ?? []} />}
      <Growth citizenId={row.id} />
    </div>
  )
}

function None({ citizen, may }: { citizen: RowJson; may: readonly string[] }) {
  const { say } = useTools()
  const { code } = useCommunity()
  return (
    <section>
      <p className="quiet">{say({ id: 'Belum ada data kesehatan.', en: 'There is no health record yet.' })}</p>
      {may.includes('create') && (
        <Button
          component={Link}
          to={at.create(code, 'registry.health_records')}
          search={{ citizen_id: citizen.id } as never}
          leftSection={<Icon name="plus" size={16} />}
        >
          {say({ id: 'Buat data kesehatan', en: 'Make a health record' })}
        </Button>
      )}
    </section>
  )
}

function Record({ resource, record }: { resource: ResourceFacts; record: RowJson }) {
  const { say, formats } = useTools()
  const sentence = useSentence()
  const { code } = useCommunity()
  const secrets = Object.keys(resource.fields).filter((name) => resource.fields[name]?.secret)
  const opened = useMutation({
    // Never kept longer than this screen: nothing secret stays in a cache.
    gcTime: 0,
    mutationFn: async () =>
      (
        await api.post<{ values: Record<string, unknown> }>(`${apiAt.row(code, resource.name, record.id)}/disclosure`, {
          body: { fields: secrets },
        })
      ).values,
  })
  const { data, reset } = opened
  useEffect(() => {
    if (!data) return
    const close = setTimeout(reset, OPEN_FOR)
    return () => clearTimeout(close)
  }, [data, reset])
  return (
    <section>
      <header className="row">
        <p className="soft">
          {say({ id: 'Terakhir diubah {when}', en: 'Last changed {when}' }, { when: formats.moment(String(record['updated_at'])) })}
        </p>
        <Button component={Link} to={at.record(code, resource.name, record.id)} variant="subtle" size="compact-sm" className="push">
          {say({ id: 'Ubah atau catat imunisasi', en: 'Edit, or record a vaccination' })}
        </Button>
      </header>
      {!data ? (
        <>
          <Note tone="wait">
            {say({
              id: 'Data kesehatan tertutup. Membukanya dicatat atas nama Anda.',
              en: 'Health facts are closed. Opening them is recorded under your name.',
            })}
          </Note>
          <Button onClick={() => opened.mutate()} loading={opened.isPending} leftSection={<Icon name="eye" size={16} />}>
            {say({ id: 'Buka data kesehatan', en: 'Open the health record' })}
          </Button>
          {opened.error && (
            <p role="alert" className="secret-error">
              {sentence(opened.error)}
            </p>
          )}
        </>
      ) : (
        <>
          <Note tone="wait">{say({ id: 'Terbuka, dan tercatat atas nama Anda.', en: 'Open, and recorded under your name.' })}</Note>
          <dl className="health-facts">
            {secrets
              .filter((name) => name !== 'vaccinations')
              .map((name) => (
                <div key={name}>
                  <dt>{say(resource.fields[name]?.label)}</dt>
                  <dd>{textOf(resource.fields[name], data[name], { say, formats }) || <span className="quiet">–</span>}</dd>
                </div>
              ))}
          </dl>
          <Vaccinations given={(data['vaccinations'] as readonly Given[] | null) ?? []} />
          <Button variant="default" onClick={reset}>
            {say({ id: 'Tutup lagi', en: 'Close again' })}
          </Button>
        </>
      )}
    </section>
  )
}
