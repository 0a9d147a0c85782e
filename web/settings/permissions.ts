// Permissions as a role holds them (with wildcards) and as a person ticks them (one by one).
import type { Words } from '#kernel/words.ts'
import type { Model } from '../model.ts'

export const VERB_WORDS: Readonly<Record<string, Words>> = {
  read: { id: 'Lihat', en: 'See' },
  create: { id: 'Tambah', en: 'Add' },
  update: { id: 'Ubah', en: 'Edit' },
  delete: { id: 'Hapus', en: 'Delete' },
  restore: { id: 'Pulihkan', en: 'Restore' },
  reveal: { id: 'Buka nomor', en: 'Reveal' },
  import: { id: 'Impor', en: 'Import' },
  export: { id: 'Ekspor', en: 'Export' },
}
export const VERBS = Object.keys(VERB_WORDS)

/** Whether a pattern (`registry.*:read`, `*:*`) grants a permission, as the server decides it. */
export function grants(pattern: string, permission: string): boolean {
  const [what = '', verb = ''] = pattern.split(':')
  const [name = '', done = ''] = permission.split(':')
  const fits = what === '*' || what === name || (what.endsWith('.*') && name.startsWith(what.slice(0, -1)))
  return fits && (verb === '*' || verb === done)
}

export const granted = (patterns: readonly string[], permission: string): boolean => patterns.some((pattern) => grants(pattern, permission))

/** The patterns after ticking or unticking; a wildcard stays whole until something under it is taken away. */
export function withPermissions(patterns: readonly string[], all: readonly string[], changed: readonly string[], on: boolean): string[] {
  if (on) return [...patterns, ...changed.filter((one) => !granted(patterns, one))].toSorted()
  const broken = patterns.filter((pattern) => changed.some((one) => grants(pattern, one)))
  const kept = patterns.filter((pattern) => !broken.includes(pattern))
  const rest = all.filter((one) => granted(broken, one) && !changed.includes(one) && !granted(kept, one))
  return [...kept, ...rest].toSorted()
}

export type Line = {
  readonly resource: string
  readonly label: Words
  readonly verbs: readonly string[]
  readonly acts: readonly { noun: string; label: Words }[]
  readonly rules: readonly { name: string; label: Words }[]
}
export type Block = { readonly module: string; readonly label: Words; readonly lines: readonly Line[] }

const EXTRA: Readonly<Record<string, Words>> = {
  'core.audit_logs': { id: 'Catatan perubahan', en: 'Change log' },
  'core.security_events': { id: 'Catatan keamanan', en: 'Security log' },
  'core.messages': { id: 'Pesan keluar', en: 'Outgoing messages' },
  'core.jobs': { id: 'Proses orang lain', en: 'Work of others' },
}

/** The matrix: modules, their resources, and what can be allowed on each. */
export function matrixOf(model: Model, all: readonly string[]): Block[] {
  const resources = new Map(model.modules.flatMap((module) => module.resources).map((resource) => [resource.name, resource]))
  // In the order people know from the navigation; what has no record of its own comes last.
  const place = new Map([...resources.keys()].map((name, index) => [name, index]))
  const names = [...new Set(all.map((one) => one.split(':')[0] ?? ''))].toSorted((a, b) => (place.get(a) ?? 999) - (place.get(b) ?? 999))
  const lines = names.map((name): Line => {
    const resource = resources.get(name)
    const nouns = all.filter((one) => one.startsWith(`${name}:`)).map((one) => one.slice(name.length + 1))
    return {
      resource: name,
      label: resource?.label.many ?? EXTRA[name] ?? { id: name, en: name },
      verbs: VERBS.filter((verb) => nouns.includes(verb)),
      acts: nouns
        .filter((noun) => !VERBS.includes(noun))
        .map((noun) => ({ noun, label: resource?.actions.find((action) => action.noun === noun)?.label ?? { id: noun, en: noun } })),
      rules: resource?.visibility ?? [],
    }
  })
  const modules = [...new Set(names.map((name) => name.split('.')[0] ?? ''))].toSorted(
    (a, b) => Number(a === 'core') - Number(b === 'core'),
  )
  return modules.map((module) => ({
    module,
    label: model.modules.find((one) => one.name === module)?.label ?? { id: module, en: module },
    lines: lines.filter((line) => line.resource.startsWith(`${module}.`)),
  }))
}
