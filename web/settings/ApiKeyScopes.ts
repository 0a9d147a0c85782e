// The permissions of a key in words: "Penduduk (lihat, ekspor)", resource by resource.
import type { Model } from '../model.ts'
import type { Say } from '../words.tsx'
import { VERB_WORDS } from './permissions.ts'

/** One phrase for each kind of record; patterns with wildcards over many kinds are said by the module. */
export function scopeWords(model: Model, scopes: readonly string[], say: Say): string[] {
  const resources = new Map(model.modules.flatMap((module) => module.resources).map((resource) => [resource.name, resource]))
  const modules = new Map(model.modules.map((module) => [module.name, module]))
  const everything = say({ id: 'semua data', en: 'all records' })
  const byWhat = new Map<string, string[]>()
  for (const scope of scopes) {
    const [what = '', verb = ''] = scope.split(':')
    byWhat.set(what, [...(byWhat.get(what) ?? []), verb])
  }
  return [...byWhat].map(([what, verbs]) => {
    const resource = resources.get(what)
    const module = modules.get(what.replace(/\.\*$/, ''))
    const name = resource ? say(resource.label.many) : what === '*' ? everything : module ? say(module.label) : what
    const words = verbs.map((verb) =>
      verb === '*'
        ? say({ id: 'semua tindakan', en: 'everything' })
        : say(VERB_WORDS[verb] ?? resource?.actions.find((action) => action.noun === verb)?.label ?? verb).toLowerCase(),
    )
    return `${name} (${words.join(', ')})`
  })
}
