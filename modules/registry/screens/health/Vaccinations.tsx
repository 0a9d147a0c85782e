// The vaccinations of somebody in the order they were given.
import { textOf, useTools } from '#web/parts/Value.tsx'
import { useCommunity } from '#web/tenant.tsx'

export type Given = { readonly vaccine: string; readonly given_on: string; readonly place: string | null }

export function Vaccinations({ given }: { given: readonly Given[] }) {
  const tools = useTools()
  const { say, formats } = tools
  const { model } = useCommunity()
  // The words for a vaccine are those of the act that records one.
  const vaccine = model.modules
    .flatMap((module) => module.resources)
    .find((resource) => resource.name === 'registry.health_records')
    ?.actions.find((action) => action.noun === 'vaccination')?.input['vaccine']
  return (
    <>
      <h2>{say({ id: 'Imunisasi', en: 'Vaccinations' })}</h2>
      {given.length === 0 ? (
        <p className="quiet">{say({ id: 'Belum ada yang dicatat.', en: 'None recorded yet.' })}</p>
      ) : (
        <ol className="vaccinations">
          {given.map((one) => (
            <li key={one.vaccine + one.given_on}>
              <time dateTime={one.given_on}>{formats.day(one.given_on)}</time>
              <span>{(vaccine && textOf(vaccine, one.vaccine, tools)) || one.vaccine}</span>
              {one.place && <span className="soft">{one.place}</span>}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
