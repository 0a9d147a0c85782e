// Every importer there is: those that modules wrote, and one compiled for every other resource that offers import.
import type { Model } from '#kernel/resource/model.ts'
import type { Importer } from './importer.ts'
import { resourceImporter } from './resource-importer.ts'

const made = new WeakMap<Model, ReadonlyMap<string, Importer>>()

/** Importers by name. A resource with an importer of its own has no compiled one: its rules are more than its fields. */
export function importersOf(model: Model): ReadonlyMap<string, Importer> {
  const known = made.get(model)
  if (known) return known
  const all = new Map(model.importers)
  const own = new Set([...all.values()].map((i) => i.resource))
  for (const r of model.resources.values())
    if (r.verbs.includes('import') && r.verbs.includes('create') && !own.has(r.name))
      all.set(r.name, resourceImporter(r, (name) => model.resources.get(name)) as unknown as Importer)
  made.set(model, all)
  return all
}
