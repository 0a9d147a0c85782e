// Where modules hang their own screens into the shell: modules/<module>/screens/index.tsx. See web/README.md.
import type { ComponentType, LazyExoticComponent } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import type { Words } from '#kernel/words.ts'
import type { ActionFacts, ResourceFacts, RowJson } from './model.ts'
import type { IconName } from './parts/Icon.tsx'
import type { Say } from './words.tsx'
import type { Formats } from './words/formats.ts'

type Lazy<Props> = LazyExoticComponent<ComponentType<Props>> | ComponentType<Props>

export type RecordScreenProps = { readonly resource: ResourceFacts; readonly row: RowJson }
export type ActionScreenProps = {
  readonly resource: ResourceFacts
  readonly action: ActionFacts
  readonly row: RowJson | null
  readonly close: () => void
}
export type ListHeaderProps = { readonly resource: ResourceFacts }
export type FieldHintProps = {
  /** What stands in the field now; a secret that is kept as it is cannot be known, and is null. */
  readonly value: unknown
  /** What stands in another field of the same form. */
  readonly valueOf: (name: string) => unknown
}
export type OwnInputProps = {
  readonly name: string
  readonly field: Field
  readonly value: unknown
  readonly valueOf: (name: string) => unknown
  readonly error: string | undefined
  readonly set: (value: unknown) => void
}
export type FormAsideProps = { readonly valueOf: (name: string) => unknown }
export type SubtitleTools = { readonly say: Say; readonly formats: Formats; readonly today: string }

export type Screens = {
  /** Extra tabs on a record; `replaces: 'facts'` puts the tab first, instead of the generic facts; `permission` hides it from others. */
  readonly record?: Readonly<
    Record<
      string,
      readonly {
        tab: string
        label: Words
        component: Lazy<RecordScreenProps>
        replaces?: 'facts'
        when?: (row: RowJson) => boolean
        permission?: string
      }[]
    >
  >
  /** What a person would say after the name: "34, RT 002 Merantian". */
  readonly subtitle?: Readonly<Record<string, (row: RowJson, tools: SubtitleTools) => string>>
  /** A form of the module's own for an act whose input the generic inputs cannot ask well: `registry.families:split`. */
  readonly actions?: Readonly<Record<string, Lazy<ActionScreenProps>>>
  /** Blocks below the work list on the home page. */
  readonly home?: readonly Lazy<object>[]
  /** Pages of the module's own, at /app/{tenant}/{module}/{path}; without a label they are not in the navigation. */
  readonly pages?: readonly { path: string; label?: Words; icon?: IconName; component: Lazy<object>; permission?: string }[]
  /** A block between the title and the table of a list. */
  readonly listHeader?: Readonly<Record<string, Lazy<ListHeaderProps>>>
  /**
   * What a form says under a field while it is filled in: reasons to look again, never errors. By the field of a record,
   * `registry.citizens.nik`, or of the input of an act, `registry.families:birth.nik`. Renders nothing when there is nothing to say.
   */
  readonly fieldHints?: Readonly<Record<string, Lazy<FieldHintProps>>>
  /** An input of the module's own for a field the generic ones cannot ask well, by `module.resource.field`; json fields are asked for only so. */
  readonly inputs?: Readonly<Record<string, Lazy<OwnInputProps>>>
  /** What stands beside a record's form, such as a preview of what is being written. */
  readonly formAside?: Readonly<Record<string, Lazy<FormAsideProps>>>
  readonly icons?: Readonly<Record<string, IconName>>
  /** What the totals of an import are called, where their name is not that of a resource: `{ rts: … }`. */
  readonly totals?: Readonly<Record<string, Words>>
  /** Attributes of a member that the module's visibility rules read, such as `area_id`: asked for on the member's page. */
  readonly memberLimits?: Readonly<Record<string, Field>>
}

const found = import.meta.glob<{ default?: Screens; screens?: Screens }>('../modules/*/screens/index.tsx', { eager: true })

const byModule: ReadonlyMap<string, Screens> = new Map(
  Object.entries(found).flatMap(([path, file]) => {
    const module = /modules\/([^/]+)\//.exec(path)?.[1]
    const screens = file.default ?? file.screens
    return module && screens ? [[module, screens] as const] : []
  }),
)

export const screensOf = (module: string): Screens => byModule.get(module) ?? {}
export const recordScreens = (resource: string) => screensOf(resource.split('.')[0] ?? '').record?.[resource] ?? []
export const actionScreen = (resource: string, noun: string): { component: Lazy<ActionScreenProps> } | null => {
  const component = screensOf(resource.split('.')[0] ?? '').actions?.[`${resource}:${noun}`]
  return component ? { component } : null
}
/** `form`: a resource, or `resource:noun` of an act. */
export const fieldHint = (form: string, field: string): { component: Lazy<FieldHintProps> } | null => {
  const component = screensOf(form.split('.')[0] ?? '').fieldHints?.[`${form}.${field}`]
  return component ? { component } : null
}
/** `form`: a resource. */
export const ownInput = (form: string, field: string): { component: Lazy<OwnInputProps> } | null => {
  const component = screensOf(form.split('.')[0] ?? '').inputs?.[`${form}.${field}`]
  return component ? { component } : null
}
export const formAside = (form: string): { component: Lazy<FormAsideProps> } | null => {
  const component = screensOf(form.split('.')[0] ?? '').formAside?.[form]
  return component ? { component } : null
}
export const iconOf = (resource: string): IconName => screensOf(resource.split('.')[0] ?? '').icons?.[resource] ?? 'rows'
export const homeScreens = (modules: readonly string[]) => modules.flatMap((module) => screensOf(module).home ?? [])
export const totalWords = (module: string, name: string): Words | undefined => screensOf(module).totals?.[name]
export const memberLimits = (modules: readonly string[]): Readonly<Record<string, Field>> =>
  Object.assign({}, ...modules.map((module) => screensOf(module).memberLimits ?? {})) as Record<string, Field>
