// A resource of which a community has at most one, such as its profile: opened as a record, never as a list.
import type { ResourceFacts } from '../model.ts'

/** A unique constraint over no field at all is the declaration's way to say "one per community". */
export const isSingle = (resource: ResourceFacts): boolean => resource.unique?.some((unique) => unique.fields.length === 0) ?? false
