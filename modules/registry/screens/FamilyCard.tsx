// A family as it stands on its printed card: head first, then everybody by their place in the family.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Bone, Trouble } from '#web/parts/States.tsx'
import { textOf, useTools } from '#web/parts/Value.tsx'
import type { RecordScreenProps } from '#web/screens.ts'
import { useCommunity, useResource } from '#web/tenant.tsx'
import './family-card.css'

export type Member = { readonly id: string; readonly name: string; readonly [field: string]: unknown }
export type Card = { readonly id: string; readonly family_number: string; readonly members: readonly Member[] }

const COLUMNS = [
  'nik',
  'family_relationship',
  'gender',
  'birth_place',
  'birth_date',
  'marital_status',
  'education',
  'occupation',
  'status',
] as const

/** A family with its members in the order of the printed card. */
export function useFamilyCard(familyId: string) {
  const { code } = useCommunity()
  return useQuery({
    queryKey: ['related', code, 'family-card', familyId],
    queryFn: ({ signal }) => api.get<Card>(apiAt.tenant(code, 'registry/family-card'), { search: { family_id: familyId }, signal }),
  })
}

export const FamilyCard = ({ row }: RecordScreenProps) => <CardOf familyId={row.id} />

export const CitizenFamily = ({ row }: RecordScreenProps) => <CardOf familyId={String(row['family_id'])} citizenId={row.id} />

function CardOf({ familyId, citizenId }: { familyId: string; citizenId?: string }) {
  const tools = useTools()
  const { code } = useCommunity()
  const citizens = useResource('registry.citizens')
  const card = useFamilyCard(familyId)
  if (card.error && !card.data) return <Trouble error={card.error} retry={() => void card.refetch()} />
  if (!card.data || !citizens) return <Bone width="70%" height="6rem" />
  return (
    <div className="family-card">
      <p className="soft">
        {tools.say({ id: 'Nomor KK', en: 'Family card' })} <span className="mono">{card.data.family_number}</span>
        {citizenId && (
          <>
            {' · '}
            <Link to={at.record(code, 'registry.families', familyId)}>{tools.say({ id: 'Buka keluarga', en: 'Open the family' })}</Link>
          </>
        )}
      </p>
      {card.data.members.length === 0 ? (
        <p className="quiet">{tools.say({ id: 'Belum ada anggota.', en: 'No members yet.' })}</p>
      ) : (
        <div className="family-scroll" tabIndex={0} role="region" aria-label={tools.say({ id: 'Anggota keluarga', en: 'Family members' })}>
          <table>
            <thead>
              <tr>
                <th scope="col">{tools.say(citizens.fields['name']?.label)}</th>
                {COLUMNS.map((name) => (
                  <th key={name} scope="col">
                    {tools.say(citizens.fields[name]?.label)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {card.data.members.map((member) => (
                <tr key={member.id} data-self={member.id === citizenId || undefined}>
                  <th scope="row">
                    {member.id === citizenId ? (
                      member.name
                    ) : (
                      <Link to={at.record(code, 'registry.citizens', member.id)}>{member.name}</Link>
                    )}
                  </th>
                  {COLUMNS.map((name) => (
                    <td key={name} className={citizens.fields[name]?.secret ? 'mono' : undefined}>
                      {textOf(citizens.fields[name], member[name], tools)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
