// The kinds of fact a resource can keep. Plain data, safe in the browser: everything else is compiled from it.
import type { Words } from '#kernel/words.ts'

/** How the word of a state looks: going well, waiting for somebody, in trouble, at rest. */
export type Tone = 'good' | 'wait' | 'harm' | 'still'

/** `tone`: told to screens where the choice is a state that a workflow moves. */
export type Choice = { readonly value: string; readonly label: Words; readonly tone?: Tone }

/** How a secret field is found although it is encrypted: by its whole value, by any of its words, or not at all. */
export type SecretIndex = 'equal' | 'words' | 'none'

export type Secret = {
  readonly find: SecretIndex
  /** How many characters stay readable at the start and the end of the mask: `9901••••••••0012` is `[4, 4]`. */
  readonly mask: readonly [start: number, end: number]
}

export type Kind =
  | 'text'
  | 'long_text'
  | 'choice'
  | 'day'
  | 'instant'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'ref'
  | 'id'
  | 'point'
  | 'tags'
  | 'json'

/** One field. `Value` is the TypeScript type of its JSON form; it exists only for inference. */
export type Field<Value = unknown> = {
  readonly kind: Kind
  readonly label: Words
  readonly help?: Words
  /** Must be present and not null. */
  readonly required: boolean
  /** Set by the system or by actions, never by a client's create or update. */
  readonly readonly?: true
  readonly secret?: Secret
  /** Longest text in characters, or largest number. */
  readonly max?: number
  /** Shortest text in characters, or smallest number. */
  readonly min?: number
  /** Digits after the point of a decimal (default 2). */
  readonly scale?: number
  /** A regular expression (source) that the whole text must match, without look-around or nested repetition. */
  readonly pattern?: string
  /** What to do when the pattern does not match: "NIK has 16 digits". */
  readonly patternHelp?: Words
  readonly format?: 'email' | 'url' | 'phone' | 'year'
  readonly choices?: readonly Choice[]
  /** Usual values of a free text, offered while typing and never enforced. */
  readonly suggestions?: readonly string[]
  /** Full name of the resource a reference points to, `registry.families`. */
  readonly to?: string
  /** Value on create when the client sends none (JSON form). */
  readonly initial?: unknown
  /** First and last day allowed; `today` is the tenant's. */
  readonly from?: string
  readonly until?: string
  readonly value?: Value
}

type Facts = Partial<Omit<Field, 'kind' | 'label' | 'required' | 'value' | 'choices' | 'to'>>

const field =
  <Value>(kind: Kind) =>
  (label: Words, facts: Facts = {}): Field<Value> =>
    ({ kind, label, required: true, ...facts }) as Field<Value>

/** One line of text; at most 255 characters unless `max` says otherwise. */
export const text = (label: Words, facts: Facts = {}): Field<string> => field<string>('text')(label, { max: 255, ...facts })
export const longText = (label: Words, facts: Facts = {}): Field<string> => field<string>('long_text')(label, { max: 20_000, ...facts })
/** A calendar day, `YYYY-MM-DD`. */
export const day = field<string>('day')
/** A moment, RFC 3339. */
export const instant = field<string>('instant')
export const integer = field<number>('integer')
/** An exact decimal number, a string in JSON (`"1250.00"`). */
export const decimal = (label: Words, facts: Facts = {}): Field<string> => field<string>('decimal')(label, { scale: 2, ...facts })
export const flag = (label: Words, facts: Facts = {}): Field<boolean> => field<boolean>('boolean')(label, { initial: false, ...facts })
/** An opaque uuid that points outside the tenant's own rows, such as a person's account. */
export const opaqueId = field<string>('id')
/** A place on earth: GeoJSON order does not leak out, the JSON form is `{ lat, lng }` in WGS 84 degrees. */
export const point = field<{ lat: number; lng: number }>('point')
export const tags = (label: Words, facts: Facts = {}): Field<string[]> => field<string[]>('tags')(label, { max: 60, ...facts })
export const json = field<unknown>('json')

/** One of a code list. The codes are the requirement's own; the labels are ours. */
export const choice = <const C extends Record<string, Words>>(label: Words, codes: C, facts: Facts = {}): Field<keyof C & string> => ({
  kind: 'choice',
  label,
  required: true,
  choices: Object.entries(codes).map(([value, words]) => ({ value, label: words })),
  ...facts,
})

/** A reference to a row of another resource of the same tenant. */
export const ref = (to: string, label: Words, facts: Facts = {}): Field<string> => ({ kind: 'ref', label, required: true, to, ...facts })

export const optional = <V>(f: Field<V>): Field<V | null> => ({ ...f, required: false })

/** Encrypted before it reaches the database; masked in every answer until somebody with the right asks for it. */
export const secret = <V>(f: Field<V>, find: SecretIndex = 'none', mask: readonly [number, number] = [0, 0]): Field<V> => ({
  ...f,
  secret: { find, mask },
})
