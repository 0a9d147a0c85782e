// Certificates of deletion: proof that a community is gone, without its name.
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { type Certificate, platformApi } from './model.ts'

export default function Deletions() {
  const say = useSay()
  const list = useQuery({
    queryKey: ['platform', 'deletions'],
    queryFn: ({ signal }) => api.get<{ data: Certificate[] }>(platformApi('/deletions'), { signal }),
  })
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Sertifikat penghapusan', en: 'Certificates of deletion' })}
        under={say({
          id: 'Bukti bahwa sebuah komunitas sudah dihapus. Namanya tidak disimpan; kodenya dapat dicocokkan lewat SHA-256.',
          en: 'Proof that a community was deleted. Its name is not kept; its code can be matched by SHA-256.',
        })}
      />
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="6rem" />
      ) : list.data.data.length === 0 ? (
        <Empty icon="shield" title={say({ id: 'Belum ada yang dihapus', en: 'Nothing was deleted so far' })} />
      ) : (
        <ul className="platform-rows">
          {list.data.data.map((c) => (
            <One key={c.id} c={c} />
          ))}
        </ul>
      )}
    </div>
  )
}

function One({ c }: { c: Certificate }) {
  const say = useSay()
  const formats = useFormats()
  return (
    <li>
      <div>
        <strong>
          {c.deleted_at
            ? say({ id: 'Dihapus {at}', en: 'Deleted {at}' }, { at: formats.moment(c.deleted_at) })
            : say({ id: 'Sedang dihapus', en: 'Being removed' })}
        </strong>
        <div className="soft small">
          {say(
            {
              id: 'Diminta {at} oleh {who}. {rows} baris dari {tables} tabel.',
              en: 'Asked for {at} by {who}. {rows} rows of {tables} tables.',
            },
            {
              at: formats.moment(c.asked_at),
              who: c.asked_by_name ?? say({ id: 'baris perintah', en: 'the command line' }),
              rows: formats.number(c.row_total),
              tables: formats.number(Object.keys(c.counts).length),
            },
          )}
        </div>
        <details className="small">
          <summary>{say({ id: 'Rincian', en: 'Details' })}</summary>
          <dl className="platform-facts">
            {(
              [
                [say({ id: 'Id komunitas', en: 'Community id' }), c.community_id],
                [say({ id: 'SHA-256 kode', en: 'SHA-256 of the code' }), c.code_hash],
                [say({ id: 'Segel terakhir', en: 'Last seal' }), c.seal_head ?? '–'],
                [say({ id: 'SHA-256 sertifikat', en: 'SHA-256 of this certificate' }), c.digest ?? '–'],
                ...Object.entries(c.counts).map(([table, n]) => [table, formats.number(n)]),
              ] as [string, string][]
            ).map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
      <span className="state" data-tone={c.intact ? 'good' : 'harm'}>
        {c.intact ? say({ id: 'Utuh', en: 'Intact' }) : say({ id: 'Diubah', en: 'Altered' })}
      </span>
    </li>
  )
}
