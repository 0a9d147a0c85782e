// Under a NIK while it is typed: where it disagrees with the rest of the form. The same rules as the register's own check.
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Note } from '#web/parts/States.tsx'
import type { FieldHintProps } from '#web/screens.ts'
import { useCommunity, useResource } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import { nikWarnings, readNik } from '../nik.ts'

const given = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Code of the village's own district, once a NIK is there to compare; null as long as it is not known. */
function useDistrict(wanted: boolean): string | null {
  const { code } = useCommunity()
  const profiles = useResource('registry.village_profiles')
  const found = useQuery({
    queryKey: ['related', code, 'district-code'],
    queryFn: ({ signal }) =>
      api.get<{ data: { district_code: string | null }[] }>(apiAt.resource(code, 'registry.village_profiles'), {
        search: { fields: 'district_code', limit: '1' },
        signal,
      }),
    enabled: wanted && profiles !== undefined,
    staleTime: 10 * 60_000,
  })
  return found.data?.data[0]?.district_code ?? null
}

/** For people of this village: date of birth, gender and district are compared. */
export function NikHint(props: FieldHintProps) {
  const typed = readNik(given(props.value) ?? '')
  const district = useDistrict(typed.kind === 'permanent')
  return <Doubts {...props} district={district} />
}

/** For people who come from elsewhere, whose NIK was made there: only date of birth and gender are compared. */
export const NewcomerNikHint = (props: FieldHintProps) => <Doubts {...props} district={null} />

function Doubts({ value, valueOf, district }: FieldHintProps & { district: string | null }) {
  const say = useSay()
  const typed = readNik(given(value) ?? '')
  if (typed.kind !== 'permanent') return null
  const doubts = nikWarnings(typed.nik, { birthDate: given(valueOf('birth_date')), gender: given(valueOf('gender')), district })
  if (!doubts.length) return null
  return (
    <Note tone="wait">
      {say({ id: 'Periksa lagi: {doubts}.', en: 'Look again: {doubts}.' }, { doubts: doubts.map((d) => say(d.message)).join('; ') })}{' '}
      <span className="soft">
        {say({ id: 'Boleh disimpan bila di kartunya memang begitu.', en: 'It may be saved if that is what the card says.' })}
      </span>
    </Note>
  )
}
