// The facts of a record in their groups. Empty ones are folded away; secrets open on a deliberate click.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Words } from '#kernel/words.ts'
import { at } from '../addresses.ts'
import { findResource, type ResourceFacts, type RowJson } from '../model.ts'
import { Value } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { Secret } from './Secret.tsx'

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

export function Facts({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const say = useSay()
  const formats = useFormats()
  const [all, setAll] = useState(false)
  const shown = Object.keys(resource.fields).filter((name) => !['json', 'id'].includes(resource.fields[name]?.kind ?? ''))
  const grouped = new Set((resource.groups ?? []).flatMap((group) => group.fields))
  const rest = shown.filter((name) => !grouped.has(name))
  const groups: { label: Words | null; names: string[] }[] = [
    ...(resource.groups ?? []).map((group) => ({ label: group.label, names: group.fields.filter((name) => shown.includes(name)) })),
    { label: resource.groups?.length ? { id: 'Lainnya', en: 'Other' } : null, names: rest },
  ]
  const hidden = shown.filter((name) => isEmpty(row[name])).length
  const visible = groups
    .map((group) => ({ ...group, names: all ? group.names : group.names.filter((name) => !isEmpty(row[name])) }))
    .filter((group) => group.names.length > 0)
  return (
    <div className="facts">
      <div className="fact-groups">
        {visible.map((group, index) => (
          <section key={index} className="fact-group">
            {group.label && <h2>{say(group.label)}</h2>}
            <dl>
              {group.names.map((name) => (
                <Fact key={name} name={name} resource={resource} row={row} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer className="facts-end quiet small">
        {hidden > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => setAll((is) => !is)} className="no-print" aria-expanded={all}>
            {all
              ? say({ id: 'Sembunyikan yang kosong', en: 'Hide what is empty' })
              : say({ id: 'Tampilkan {n} yang belum diisi', en: 'Show {n} not filled in' }, { n: hidden })}
          </Button>
        )}
        <span title={formats.moment(row.updated_at)}>
          <span className="no-print">
            {say({ id: 'Terakhir diubah {ago}', en: 'Last changed {ago}' }, { ago: formats.ago(row.updated_at) })}
          </span>
          <span className="only-print">
            {say({ id: 'Terakhir diubah {at}', en: 'Last changed {at}' }, { at: formats.moment(row.updated_at) })}
          </span>
        </span>
      </footer>
    </div>
  )
}

function Fact({ name, resource, row }: { name: string; resource: ResourceFacts; row: RowJson }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const field = resource.fields[name]
  const to = field?.kind === 'ref' && row[name] && field.to && findResource(model, field.to) ? field.to : undefined
  return (
    <div>
      <dt>{say(field?.label)}</dt>
      <dd>
        {field?.secret && !isEmpty(row[name]) ? (
          <Secret name={name} field={field} resource={resource} row={row} />
        ) : to ? (
          <Link to={at.record(code, to, String(row[name]))}>
            <Value name={name} field={field} row={row} />
          </Link>
        ) : field?.kind === 'point' && row[name] ? (
          <Place value={row[name] as { lat: number; lng: number }}>
            <Value name={name} field={field} row={row} />
          </Place>
        ) : field?.format === 'url' && row[name] ? (
          <a href={String(row[name])} rel="noreferrer" target="_blank">
            <Value name={name} field={field} row={row} />
          </a>
        ) : (
          <Value name={name} field={field} row={row} />
        )}
      </dd>
    </div>
  )
}

/** Opens the place in whatever map the device has. */
const Place = ({ value, children }: { value: { lat: number; lng: number }; children: React.ReactNode }) => (
  <a href={`geo:${value.lat},${value.lng}`}>{children}</a>
)
