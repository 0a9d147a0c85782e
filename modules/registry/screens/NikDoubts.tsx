// Where a resident's NIK disagrees with the record: reasons to look again, never errors, because a NIK is for life.
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Bone, Note, Trouble } from '#web/parts/States.tsx'
import type { RecordScreenProps } from '#web/screens.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'

export function NikDoubts({ row }: RecordScreenProps) {
  const say = useSay()
  const { code } = useCommunity()
  const doubts = useQuery({
    queryKey: ['related', code, 'nik-warnings', row.id, row.version],
    queryFn: ({ signal }) =>
      api.get<{ data: { code: string; message: string }[] }>(apiAt.tenant(code, 'registry/nik-warnings'), {
        search: { citizen_id: row.id },
        signal,
      }),
  })
  if (doubts.error && !doubts.data) return <Trouble error={doubts.error} retry={() => void doubts.refetch()} />
  if (!doubts.data) return <Bone width="50%" />
  if (!doubts.data.data.length)
    return (
      <Note tone="good">
        {say({
          id: 'Tanggal lahir, jenis kelamin dan wilayah di NIK cocok dengan data ini.',
          en: 'The date of birth, gender and region in the NIK agree with this record.',
        })}
      </Note>
    )
  return (
    <div className="stack">
      <p className="soft">
        {say({
          id: 'NIK berlaku seumur hidup, juga bila datanya pernah dibetulkan. Ini bukan kesalahan, hanya alasan untuk memeriksa lagi.',
          en: 'A NIK is for life, even when the record was corrected later. These are not errors, only reasons to look again.',
        })}
      </p>
      {doubts.data.data.map((doubt) => (
        <Note key={doubt.code} tone="wait">
          {doubt.message}
        </Note>
      ))}
    </div>
  )
}
