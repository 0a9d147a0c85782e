// What a role may do, as a table to tick: a line per kind of record, a column per verb, acts beneath.
import { Checkbox, Select } from '@mantine/core'
import { useSay } from '../words.tsx'
import { granted, VERB_WORDS, VERBS, withPermissions, type Block, type Line } from './permissions.ts'

type Props = {
  blocks: readonly Block[]
  all: readonly string[]
  patterns: readonly string[]
  rules: Readonly<Record<string, string>>
  fixed: boolean
  change: (patterns: string[]) => void
  see: (resource: string, rule: string | null) => void
}

export function Matrix(props: Props) {
  const say = useSay()
  return props.blocks.map((block) => (
    <section key={block.module} className="matrix">
      <h2>{say(block.label)}</h2>
      <div
        className="matrix-scroll"
        tabIndex={0}
        role="region"
        aria-label={say({ id: 'Izin {module}', en: 'Permissions of {module}' }, { module: say(block.label) })}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{say({ id: 'Data', en: 'Records' })}</th>
              <th scope="col">{say({ id: 'Semua', en: 'All' })}</th>
              {VERBS.map((verb) => (
                <th key={verb} scope="col">
                  {say(VERB_WORDS[verb])}
                </th>
              ))}
            </tr>
          </thead>
          {block.lines.map((line) => (
            <Lines key={line.resource} line={line} {...props} />
          ))}
        </table>
      </div>
    </section>
  ))
}

function Lines({ line, all, patterns, rules, fixed, change, see }: Props & { line: Line }) {
  const say = useSay()
  const label = say(line.label)
  const name = (verb: string): string => `${line.resource}:${verb}`
  const whole = [...line.verbs, ...line.acts.map((act) => act.noun)].map(name)
  const held = whole.filter((one) => granted(patterns, one))
  const set = (changed: readonly string[], on: boolean): void => {
    // Whatever can be done with a record, one must be able to see it.
    const also = on && line.verbs.includes('read') ? [...new Set([...changed, name('read')])] : changed
    change(withPermissions(patterns, all, also, on))
  }
  return (
    <tbody>
      <tr>
        <th scope="row" rowSpan={line.acts.length || line.rules.length ? 2 : 1}>
          {label}
        </th>
        <td>
          <Checkbox
            disabled={fixed}
            checked={held.length === whole.length}
            indeterminate={held.length > 0 && held.length < whole.length}
            onChange={(event) => set(whole, event.currentTarget.checked)}
            aria-label={say({ id: '{label}: semua', en: '{label}: all' }, { label })}
          />
        </td>
        {VERBS.map((verb) => (
          <td key={verb}>
            {line.verbs.includes(verb) ? (
              <Checkbox
                disabled={fixed}
                checked={granted(patterns, name(verb))}
                onChange={(event) =>
                  set(verb === 'read' && !event.currentTarget.checked ? whole : [name(verb)], event.currentTarget.checked)
                }
                aria-label={`${label}: ${say(VERB_WORDS[verb])}`}
              />
            ) : (
              <span className="quiet" aria-hidden>
                ·
              </span>
            )}
          </td>
        ))}
      </tr>
      {(line.acts.length > 0 || line.rules.length > 0) && (
        <tr>
          <td colSpan={VERBS.length + 1} className="matrix-more">
            <div className="row">
              {line.acts.map((act) => (
                <Checkbox
                  key={act.noun}
                  disabled={fixed}
                  label={say(act.label)}
                  checked={granted(patterns, name(act.noun))}
                  onChange={(event) => set([name(act.noun)], event.currentTarget.checked)}
                />
              ))}
              {line.rules.length > 0 && (
                <Select
                  className="push"
                  disabled={fixed}
                  aria-label={say({ id: 'Baris {label} yang terlihat', en: 'Rows of {label} they see' }, { label })}
                  data={[
                    { value: '', label: say({ id: 'Melihat semua baris', en: 'Sees every row' }) },
                    ...line.rules.map((rule) => ({ value: rule.name, label: say(rule.label) })),
                  ]}
                  value={rules[line.resource] ?? ''}
                  onChange={(next) => see(line.resource, next || null)}
                  allowDeselect={false}
                />
              )}
            </div>
          </td>
        </tr>
      )}
    </tbody>
  )
}
