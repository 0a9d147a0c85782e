// Say it once: what a resource is. The table, validation, API, screens, sheets and tests are compiled from this.
import type { Words } from '#kernel/words.ts'
import type { Field } from './field.ts'

export type Verb = 'read' | 'create' | 'update' | 'delete' | 'restore' | 'export' | 'import' | 'reveal'
export const VERBS: readonly Verb[] = ['read', 'create', 'update', 'delete', 'restore', 'export', 'import', 'reveal']

export type Unique = {
  /** Constraint name, at most 50 bytes. */
  readonly name: string
  readonly fields: readonly string[]
  /** SQL condition on the row: the rule holds among the rows that meet it (deleted rows are always exempt). */
  readonly where?: string
  readonly message: Words
}

export type Check = {
  readonly name: string
  /** SQL condition that every row must meet. */
  readonly sql: string
  /** The field the message belongs to. */
  readonly field?: string
  readonly message: Words
}

/** A rule that a trigger of the module keeps: it raises `check_violation` with this constraint name. */
export type Rule = { readonly name: string; readonly field?: string; readonly message: Words }

export type Declaration = {
  readonly label: { readonly one: Words; readonly many: Words }
  /** What it is, in a sentence or two: reaches the API description and the database. */
  readonly doc: string
  readonly fields: Readonly<Record<string, Field>>
  /** Fields that together name a row to a person. */
  readonly title: readonly string[]
  /** Plain text fields found by any part of them (trigram index). Secret fields are found by their own index. */
  readonly search?: readonly string[]
  /** Rows of other resources in which this one is found too: their words (a secret found by words) lead to the row that `by` points to. */
  readonly searchIn?: readonly {
    readonly resource: string
    readonly by: string
    readonly field: string
    /** SQL condition on their rows, over no alias. */
    readonly where: string
  }[]
  /** Columns of the list before a person chooses their own. */
  readonly list: readonly string[]
  /** Fields a list may be ordered by, each backed by an index; the first is the default. */
  readonly sort: readonly string[]
  /** Fields a list may be filtered by; `address_id.hamlet_id` looks one reference further. */
  readonly filter?: readonly string[]
  /** How the form and the record group their fields; fields left out come last, together. */
  readonly groups?: readonly { readonly label: Words; readonly fields: readonly string[] }[]
  readonly unique?: readonly Unique[]
  readonly checks?: readonly Check[]
  readonly rules?: readonly Rule[]
  /** Extra indexes: name → SQL after `USING …`, starting with the tenant. */
  readonly indexes?: Readonly<Record<string, string>>
  /** What the generic API offers; the rest is done by actions. Default: all. */
  readonly verbs?: readonly Verb[]
  /** Opting out of the tenant wall is written in plain sight. */
  readonly scope?: 'tenant' | 'global'
  /** Kept out of navigation: reached through other records. */
  readonly hidden?: true
  /** Documents may be linked to its rows (kernel/documents): a trait that adds a tab, and nothing to the table. */
  readonly attachable?: true
  /**
   * Nobody looks at a row unnoticed: reading one, its history or its secrets is a security event of this kind. Lists, files and the
   * change log leave its secrets out, so that they do not even tell which rows have one.
   */
  readonly noticed?: 'health_read'
}

/** A declared resource. `name` is `module.plural`, which is also its permission prefix, its table and its path. */
export type Resource<F extends Record<string, Field> = Record<string, Field>> = Omit<Declaration, 'fields'> & {
  readonly name: string
  readonly module: string
  readonly table: string
  readonly plural: string
  readonly fields: Readonly<F>
  readonly verbs: readonly Verb[]
}

type JsonOf<F> = F extends Field<infer V> ? V : never

/** The JSON form of a row, as the API answers it (secret fields masked). */
export type Row<R extends Resource> = { [K in keyof R['fields']]: JsonOf<R['fields'][K]> } & {
  id: string
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
}

/** Declares a resource. Throws at start when the declaration contradicts itself. */
export function resource<F extends Record<string, Field>>(
  name: string,
  declaration: Omit<Declaration, 'fields'> & { readonly fields: F },
): Resource<F> {
  const [module, plural] = name.split('.')
  if (!module || !plural || !/^[a-z_]+\.[a-z_]+$/.test(name)) throw new Error(`A resource is named module.plural, not "${name}".`)
  const mentioned = [
    ...declaration.title,
    ...(declaration.search ?? []),
    ...declaration.list,
    ...declaration.sort,
    ...(declaration.filter ?? []),
    ...(declaration.groups ?? []).flatMap((g) => g.fields),
    ...(declaration.unique ?? []).flatMap((u) => u.fields),
    ...(declaration.checks ?? []).flatMap((c) => c.field ?? []),
  ]
  for (const path of mentioned) {
    const f = path.split('.')[0] ?? ''
    if (!(f in declaration.fields) && !(COMMON as readonly string[]).includes(f))
      throw new Error(`${name} mentions the field "${f}", which it does not declare.`)
  }
  for (const f of Object.keys(declaration.fields)) {
    if (/_(sort|bidx)$/.test(f)) throw new Error(`${name}.${f}: names that end like this belong to columns the database computes.`)
  }
  for (const s of declaration.sort) {
    const f = declaration.fields[s]
    if (f && (!f.required || f.secret)) throw new Error(`${name} sorts by ${s}: only required, readable fields have a place in an order.`)
  }
  return { ...declaration, name, module, plural, table: name, verbs: declaration.verbs ?? VERBS }
}

/** What every tenant table carries besides its own fields. */
export const COMMON = ['id', 'version', 'created_at', 'updated_at', 'created_by', 'updated_by', 'deleted_at', 'deleted_by'] as const
