// HTML → elements, strictly: what the tokenizer of parse5 reads, with every tag closed, known and in its place.
import { Tokenizer, type Token } from 'parse5'
import type { Words } from '#kernel/words.ts'
import { ALIGNS, LIMITS, type Place } from './tree.ts'

export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  readonly place: Place
}
export type Text = { readonly name: '#text'; readonly text: string; readonly place: Place }
export type Node = Element | Text
export type Fault = Place & { readonly code: string; readonly message: Words; readonly values?: Readonly<Record<string, unknown>> }

type Open = { name: string; attributes: Record<string, string>; children: Node[]; place: Place }

const INLINE = ['#text', 'strong', 'em', 'u', 'br']
const BLOCKS = ['p', 'h1', 'h2', 'h3', 'ol', 'ul', 'table', 'hr']
const IN_CELL = [...INLINE, 'p', 'ol', 'ul']
/** What each element may hold. */
const HOLDS: Readonly<Record<string, readonly string[]>> = {
  '#root': BLOCKS,
  p: INLINE,
  h1: INLINE,
  h2: INLINE,
  h3: INLINE,
  strong: INLINE,
  em: INLINE,
  u: INLINE,
  ol: ['li'],
  ul: ['li'],
  li: IN_CELL,
  table: ['thead', 'tbody', 'tr'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['td', 'th'],
  td: IN_CELL,
  th: IN_CELL,
}
const VOID = new Set(['br', 'hr'])
const KNOWN = new Set([...Object.keys(HOLDS), ...VOID].filter((name) => name !== '#root'))

const whole =
  (least: number, most: number) =>
  (value: string): boolean =>
    /^\d{1,3}$/.test(value) && Number(value) >= least && Number(value) <= most
/** `text-align: center`, alone. */
export const alignIn = (style: string | undefined): string | null => /^\s*text-align\s*:\s*([a-z]+)\s*;?\s*$/.exec(style ?? '')?.[1] ?? null
const style = (value: string): boolean => (ALIGNS as readonly string[]).includes(alignIn(value) ?? '')
const cell = { colspan: whole(1, 20), rowspan: whole(1, 50), style, width: (v: string) => v.endsWith('%') && whole(1, 100)(v.slice(0, -1)) }
/** Attributes that mean something, and what they may say. */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, (value: string) => boolean>>>> = {
  p: { style, 'data-indent': whole(1, 8) },
  h1: { style },
  h2: { style },
  h3: { style },
  table: { border: whole(0, 1) },
  td: cell,
  th: cell,
}

const WORDS = {
  unknown_tag: {
    id: 'Tag <{tag}> tidak dikenal di surat. Hapus tag itu; teksnya boleh tetap.',
    en: 'The tag <{tag}> is not known in letters. Remove the tag; its text may stay.',
  },
  tag_misplaced: {
    id: '<{tag}> tidak dapat berada di dalam <{parent}>. Pindahkan ke luar.',
    en: '<{tag}> cannot stand inside <{parent}>. Move it out.',
  },
  text_misplaced: { id: 'Letakkan teks ini di dalam paragraf <p>.', en: 'Put this text inside a paragraph <p>.' },
  tag_not_closed: {
    id: '<{tag}> dibuka di sini dan tidak ditutup. Tambahkan </{tag}>.',
    en: '<{tag}> is opened here and never closed. Add </{tag}>.',
  },
  tag_not_open: {
    id: '</{tag}> menutup sesuatu yang tidak terbuka. Hapus tag penutup itu.',
    en: '</{tag}> closes what is not open. Remove it.',
  },
  unknown_attribute: {
    id: '<{tag}> tidak mengenal atribut {attribute}. Hapus atribut itu.',
    en: '<{tag}> knows no attribute {attribute}. Remove it.',
  },
  wrong_attribute: {
    id: 'Atribut {attribute} pada <{tag}> berisi nilai yang tidak dikenal.',
    en: 'The attribute {attribute} of <{tag}> has a value that is not known.',
  },
  not_letter_text: {
    id: 'Komentar dan deklarasi HTML tidak disimpan di surat. Hapus bagian ini.',
    en: 'Comments and declarations are not kept in letters. Remove this.',
  },
  html_unreadable: { id: 'HTML tidak terbaca di sini ({detail}).', en: 'The HTML cannot be read here ({detail}).' },
  too_long: { id: 'Teks surat terlalu panjang: paling banyak {max} huruf.', en: 'The text is too long: at most {max} characters.' },
  too_deep: { id: 'Terlalu banyak bagian di dalam bagian: paling dalam {max}.', en: 'Nested too deeply: at most {max} levels.' },
  too_many_parts: {
    id: 'Surat ini mempunyai terlalu banyak bagian: paling banyak {max}.',
    en: 'This letter has too many parts: at most {max}.',
  },
} as const satisfies Record<string, Words>

const FAULTS_MAX = 50
const placeOf = (token: { location: Token.Location | null }): Place => ({
  line: token.location?.startLine ?? 1,
  column: token.location?.startCol ?? 1,
})
const shown = (name: string): string => name.slice(0, 30)

/** Reads a text; never throws. `faults` holds everything wrong, in order, and the elements are worth something only without any. */
export function elementsOf(html: string): { nodes: readonly Node[]; faults: readonly Fault[] } {
  const faults: Fault[] = []
  const report = (code: keyof typeof WORDS, place: Place, values: Record<string, unknown> = {}): void => {
    if (faults.length < FAULTS_MAX) faults.push({ ...place, code, message: WORDS[code], values })
  }
  if (html.length > LIMITS.length) {
    report('too_long', { line: 1, column: 1 }, { max: LIMITS.length })
    return { nodes: [], faults }
  }
  const root: Open = { name: '#root', attributes: {}, children: [], place: { line: 1, column: 1 } }
  const open: Open[] = [root]
  let count = 0
  let full = false
  const parent = (): Open => open.at(-1)!
  const add = (node: Node): boolean => {
    if (++count > LIMITS.nodes || full) {
      if (!full) report('too_many_parts', node.place, { max: LIMITS.nodes })
      full = true
      return false
    }
    parent().children.push(node)
    return true
  }
  const attributesOf = (token: Token.TagToken, place: Place): Record<string, string> => {
    const allowed = ATTRIBUTES[token.tagName] ?? {}
    const kept: Record<string, string> = {}
    for (const { name, value } of token.attrs) {
      const fits = Object.hasOwn(allowed, name) ? allowed[name] : undefined
      const at = token.location?.attrs?.[name]
      const where = at ? { line: at.startLine, column: at.startCol } : place
      if (!fits) report('unknown_attribute', where, { tag: shown(token.tagName), attribute: shown(name) })
      else if (!fits(value)) report('wrong_attribute', where, { tag: shown(token.tagName), attribute: shown(name) })
      else kept[name] = value
    }
    return kept
  }
  const onText = (token: Token.CharacterToken): void => {
    const [last, place] = [parent().children.at(-1), placeOf(token)]
    const blank = token.chars.trim() === ''
    if (!HOLDS[parent().name]?.includes('#text')) {
      if (!blank) report('text_misplaced', place)
    } else if (last?.name === '#text')
      parent().children[parent().children.length - 1] = { ...(last as Text), text: (last as Text).text + token.chars }
    else add({ name: '#text', text: token.chars, place })
  }
  const notText = (token: { location: Token.Location | null }): void => report('not_letter_text', placeOf(token))
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        const [place, tag] = [placeOf(token), token.tagName]
        if (!KNOWN.has(tag)) return report('unknown_tag', place, { tag: shown(tag) })
        if (!HOLDS[parent().name]?.includes(tag))
          report('tag_misplaced', place, { tag, parent: parent().name === '#root' ? 'surat' : parent().name })
        const made: Open = { name: tag, attributes: attributesOf(token, place), children: [], place }
        const kept = add(made)
        if (VOID.has(tag) || !kept) return
        if (open.length > LIMITS.depth) return report('too_deep', place, { max: LIMITS.depth })
        open.push(made)
      },
      onEndTag(token) {
        const tag = token.tagName
        if (!KNOWN.has(tag)) return
        const at = open.findLastIndex((one) => one.name === tag)
        if (at <= 0) return full ? undefined : report('tag_not_open', placeOf(token), { tag: shown(tag) })
        for (const left of open.splice(at).slice(1)) report('tag_not_closed', left.place, { tag: left.name })
      },
      onCharacter: onText,
      onWhitespaceCharacter: onText,
      onNullCharacter: notText,
      onComment: notText,
      onDoctype: notText,
      onEof() {
        for (const left of open.slice(1)) report('tag_not_closed', left.place, { tag: left.name })
      },
      onParseError: (error) => report('html_unreadable', { line: error.startLine, column: error.startCol }, { detail: error.code }),
    },
  )
  tokenizer.write(html, true)
  return { nodes: root.children, faults: faults.toSorted((a, b) => a.line - b.line || a.column - b.column) }
}
