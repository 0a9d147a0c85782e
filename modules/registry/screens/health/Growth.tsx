// How somebody grew: their own line of weights and lengths, opened on purpose like every health fact.
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { useSentence } from '#web/parts/States.tsx'
import { useTools } from '#web/parts/Value.tsx'
import { useCommunity, useResource } from '#web/tenant.tsx'
import { GrowthLine, type StandardAt } from './GrowthLine.tsx'

type Measured = {
  readonly id: string
  readonly measured_on: string
  readonly weight_kg: string | null
  readonly height_cm: string | null
  readonly head_cm: string | null
}
type Answer = {
  readonly birth_date: string
  readonly gender: 'L' | 'P'
  readonly data: readonly Measured[]
  /** Of children under five: what the WHO expects of weight and length. */
  readonly standard: Readonly<Record<string, readonly StandardAt[]>> | null
}

const LINES = [
  { name: 'weight_kg', label: { id: 'Berat (kg)', en: 'Weight (kg)' } },
  { name: 'height_cm', label: { id: 'Panjang/tinggi (cm)', en: 'Length/height (cm)' } },
  { name: 'head_cm', label: { id: 'Lingkar kepala (cm)', en: 'Head circumference (cm)' } },
] as const

export function Growth({ citizenId }: { citizenId: string }) {
  const { say } = useTools()
  const sentence = useSentence()
  const { code } = useCommunity()
  const measurements = useResource('registry.health_measurements')
  const opened = useMutation({
    gcTime: 0,
    mutationFn: () => api.get<Answer>(apiAt.tenant(code, 'registry/growth'), { search: { citizen_id: citizenId } }),
  })
  if (!measurements) return null
  return (
    <section>
      <header className="row">
        <h2>{say({ id: 'Pertumbuhan', en: 'Growth' })}</h2>
        {measurements.may.includes('create') && (
          <Button
            component={Link}
            to={at.create(code, measurements.name)}
            search={{ citizen_id: citizenId } as never}
            variant="subtle"
            size="compact-sm"
            className="push"
            leftSection={<Icon name="plus" size={15} />}
          >
            {say({ id: 'Catat penimbangan', en: 'Record a measurement' })}
          </Button>
        )}
      </header>
      {!opened.data ? (
        measurements.may.includes('reveal') && (
          <Button variant="default" onClick={() => opened.mutate()} loading={opened.isPending} leftSection={<Icon name="eye" size={16} />}>
            {say({ id: 'Lihat pertumbuhan. Ini dicatat.', en: 'Show the growth. This is recorded.' })}
          </Button>
        )
      ) : opened.data.data.length === 0 ? (
        <p className="quiet">{say({ id: 'Belum ada penimbangan.', en: 'No measurements yet.' })}</p>
      ) : (
        <div className="growth-lines">
          {opened.data.standard && <StandardWords />}
          {LINES.map(({ name, label }) => {
            const points = opened.data.data.flatMap((m) => (m[name] === null ? [] : [{ on: m.measured_on, value: Number(m[name]) }]))
            return (
              points.length > 0 && (
                <GrowthLine
                  key={name}
                  label={say(label)}
                  born={opened.data.birth_date}
                  points={points}
                  standard={opened.data.standard?.[name]}
                />
              )
            )
          })}
        </div>
      )}
      {opened.error && (
        <p role="alert" className="secret-error">
          {sentence(opened.error)}
        </p>
      )}
    </section>
  )
}

/** What the lines beside a child's own are, in words: nobody needs the colours. */
function StandardWords() {
  const { say } = useTools()
  return (
    <p className="soft growth-words">
      {say({
        id: 'Garis tipis: nilai tengah standar WHO 2006 (Permenkes 2/2020). Putus-putus: −2 SD. Titik-titik: −3 SD. Di bawah garis putus-putus, minta pendapat puskesmas.',
        en: 'Thin line: the median of the WHO standards of 2006 (Permenkes 2/2020). Dashes: −2 SD. Dots: −3 SD. Below the dashes, ask the health centre.',
      })}
    </p>
  )
}
