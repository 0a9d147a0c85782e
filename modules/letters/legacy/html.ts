// Words of an old template (HTML from an editor of that time) → our subset. Reads anything, keeps what a letter needs, says what it left out.
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'
import { parseTemplate, textsIn } from '../template/parse.ts'
import { partsOf } from '../template/placeholders.ts'
import { ALIGNS } from '../template/tree.ts'
import { HEADING, ONLY_SIGNING, PICTURES, renamed, SIGNING } from './codes.ts'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']
type Note = 'heading' | 'signature' | 'pictures' | 'unknown_parts' | 'nested_tables' | 'too_deep'

const DEPTH_MAX = 120
const DROPPED = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'svg',
  'math',
  'noscript',
  'template',
  'head',
  'title',
  'meta',
  'link',
  'video',
  'audio',
  'canvas',
])
const BLOCKS = new Set([
  'p',
  'div',
  'center',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'table',
  'hr',
  'blockquote',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'aside',
  'figure',
  'address',
  'pre',
  'dl',
  'dt',
  'dd',
])
const MARK_OF: Readonly<Record<string, string>> = { b: 'strong', strong: 'strong', i: 'em', em: 'em', u: 'u', ins: 'u' }

const isElement = (node: Node): node is Element => 'tagName' in node
const childrenOf = (node: Node): Node[] => ('childNodes' in node ? (node.childNodes as Node[]) : [])
const attribute = (element: Element, name: string): string => element.attrs.find((a) => a.name === name)?.value ?? ''
const styleOf = (element: Element, name: string): string => {
  for (const part of attribute(element, 'style').split(';')) {
    const [key = '', ...value] = part.split(':')
    if (key.trim().toLowerCase() === name) return value.join(':').trim().toLowerCase()
  }
  return ''
}
/** What no letter holds: control characters, halves of characters, and code points that are none. */
const clean = (text: string): string => text.toWellFormed().replaceAll(/[\p{Cc}\p{Noncharacter_Code_Point}]/gu, ' ')
const escaped = (text: string): string => clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

type State = { readonly align: string | null; readonly notes: Set<Note>; readonly depth: number; readonly inTable: boolean }

/** A text with its codes under today's names, and without pictures. */
function codesIn(text: string, notes: Set<Note>): string {
  return partsOf(text.replaceAll(' ', ' '))
    .map((part) => {
      if (part.kind === 'text') return part.text
      if (part.kind !== 'code') return part.written
      if (PICTURES.has(part.code)) {
        notes.add('pictures')
        return ''
      }
      // Operators such as [terbilang][…] keep both their brackets.
      return part.written.includes('][') ? part.written : part.written.replace(/^\[[A-Za-z0-9_]+/, (code) => `[${renamed(code.slice(1))}`)
    })
    .join('')
}

/** Inline content as HTML of our subset. */
function inline(nodes: readonly Node[], state: State): string {
  if (state.depth > DEPTH_MAX) {
    state.notes.add('too_deep')
    return ''
  }
  const deeper = { ...state, depth: state.depth + 1 }
  return nodes
    .map((node): string => {
      if (node.nodeName === '#text') return escaped(codesIn((node as { value: string }).value, state.notes))
      if (!isElement(node)) return ''
      if (node.tagName === 'br') return '<br>'
      if (node.tagName === 'img') {
        state.notes.add('pictures')
        return ''
      }
      if (DROPPED.has(node.tagName)) {
        state.notes.add('unknown_parts')
        return ''
      }
      const inner = inline(childrenOf(node), deeper)
      const weight = styleOf(node, 'font-weight')
      const marks = new Set([
        MARK_OF[node.tagName],
        /^(bold|[6-9]00)/.test(weight) ? 'strong' : undefined,
        styleOf(node, 'font-style') === 'italic' ? 'em' : undefined,
        /underline/.test(styleOf(node, 'text-decoration') + styleOf(node, 'text-decoration-line')) ? 'u' : undefined,
      ])
      return inner.trim() ? [...marks].reduce((html: string, mark) => (mark ? `<${mark}>${html}</${mark}>` : html), inner) : inner
    })
    .join('')
}

const alignOf = (element: Element, above: string | null): string | null => {
  const said = styleOf(element, 'text-align') || attribute(element, 'align').toLowerCase() || (element.tagName === 'center' ? 'center' : '')
  return (ALIGNS as readonly string[]).includes(said) ? said : above
}
const styled = (align: string | null): string => (align && align !== 'left' && align !== 'justify' ? ` style="text-align: ${align}"` : '')

const isBlockInside = (node: Node, depth = 0): boolean =>
  isElement(node) && (BLOCKS.has(node.tagName) || (depth < DEPTH_MAX && childrenOf(node).some((child) => isBlockInside(child, depth + 1))))

function paragraph(html: string, align: string | null, indent = 0): string[] {
  const text = html.replaceAll(/\s+/g, ' ').replace(/^(<br>|\s)+|(<br>|\s)+$/g, '')
  return text ? [`<p${styled(align)}${indent ? ` data-indent="${indent}"` : ''}>${text}</p>`] : []
}

/** First-line or left indents, in steps of 40 px (one tab of the old editor). */
function indentOf(element: Element): number {
  const size = styleOf(element, 'text-indent') || styleOf(element, 'padding-left') || styleOf(element, 'margin-left')
  const match = /^(\d+(?:\.\d+)?)(px|pt|cm)?$/.exec(size)
  if (!match) return 0
  const px = Number(match[1]) * (match[2] === 'pt' ? 4 / 3 : match[2] === 'cm' ? 37.8 : 1)
  return Math.min(8, Math.round(px / 40))
}

/** The rows of a table, those of its head and foot too. */
const rowsOf = (element: Element): Element[] =>
  childrenOf(element).flatMap((child) =>
    !isElement(child) ? [] : child.tagName === 'tr' ? [child] : ['thead', 'tbody', 'tfoot'].includes(child.tagName) ? rowsOf(child) : [],
  )
const cellsOf = (row: Element): Element[] =>
  childrenOf(row).filter((node): node is Element => isElement(node) && ['td', 'th'].includes(node.tagName))

function table(element: Element, state: State): string[] {
  const rows = rowsOf(element)
  const border = Number(attribute(element, 'border')) > 0 || /^[1-9]/.test(styleOf(element, 'border') || styleOf(element, 'border-width'))
  const span = (cell: Element, name: string, most: number): string => {
    const n = Number(attribute(cell, name))
    return Number.isInteger(n) && n > 1 && n <= most ? ` ${name}="${n}"` : ''
  }
  const html = rows.map((row) => {
    const inner = cellsOf(row).map((cell) => {
      const inside = { ...state, align: null, inTable: true, depth: state.depth + 1 }
      const blocks = childrenOf(cell).some((node) => isBlockInside(node)) ? blocksOf(childrenOf(cell), inside) : null
      const content = blocks
        ? blocks.length === 1
          ? (blocks[0] ?? '').replace(/^<p>(.*)<\/p>$/s, '$1')
          : blocks.join('')
        : inline(childrenOf(cell), inside).replaceAll(/\s+/g, ' ').trim()
      return `<${cell.tagName}${span(cell, 'colspan', 20)}${span(cell, 'rowspan', 50)}${styled(alignOf(cell, null))}>${content}</${cell.tagName}>`
    })
    return `  <tr>${inner.join('')}</tr>`
  })
  return rows.length ? [`<table${border ? ' border="1"' : ''}>\n${html.join('\n')}\n</table>`] : []
}

function list(element: Element, state: State): string[] {
  const items = childrenOf(element).filter((node): node is Element => isElement(node) && node.tagName === 'li')
  const inside = { ...state, align: null, depth: state.depth + 1 }
  const html = items.map((item) => {
    const blocks = childrenOf(item).some((node) => isBlockInside(node))
      ? blocksOf(childrenOf(item), inside)
      : [inline(childrenOf(item), inside).replaceAll(/\s+/g, ' ').trim()]
    return `  <li>${blocks.filter((block) => !/^<(table|h\d|hr)/.test(block)).join('')}</li>`
  })
  return items.length ? [`<${element.tagName}>\n${html.join('\n')}\n</${element.tagName}>`] : []
}

function blockOf(element: Element, state: State): string[] {
  const align = alignOf(element, state.align)
  const inside = { ...state, align, depth: state.depth + 1 }
  const children = childrenOf(element)
  if (element.tagName === 'table') {
    if (!state.inTable) return table(element, state)
    state.notes.add('nested_tables')
    return rowsOf(element).flatMap((row) =>
      paragraph(
        cellsOf(row)
          .map((cell) => inline(childrenOf(cell), inside))
          .join(' '),
        align,
      ),
    )
  }
  if (element.tagName === 'ol' || element.tagName === 'ul') return list(element, state)
  if (element.tagName === 'hr') return state.inTable ? [] : ['<hr>']
  const heading = /^h([1-6])$/.exec(element.tagName)
  if (heading && !state.inTable && !children.some((node) => isBlockInside(node))) {
    const level = Math.min(3, Number(heading[1]))
    const text = inline(children, inside).replaceAll(/\s+/g, ' ').trim()
    return text ? [`<h${level}${styled(align)}>${text}</h${level}>`] : []
  }
  if (children.some((node) => isBlockInside(node))) return blocksOf(children, inside)
  return paragraph(inline(children, inside), align, indentOf(element))
}

function blocksOf(nodes: readonly Node[], state: State): string[] {
  if (state.depth > DEPTH_MAX) {
    state.notes.add('too_deep')
    return []
  }
  const blocks: string[] = []
  let loose: Node[] = []
  const gather = (): void => {
    if (loose.length) blocks.push(...paragraph(inline(loose, state), state.align))
    loose = []
  }
  for (const node of nodes) {
    if (!isElement(node) || !isBlockInside(node)) loose.push(node)
    else {
      gather()
      blocks.push(...(BLOCKS.has(node.tagName) ? blockOf(node, state) : blocksOf(childrenOf(node), { ...state, depth: state.depth + 1 })))
    }
  }
  gather()
  return blocks
}

/** What a block says besides its codes, in letters; and its codes. */
function saysOf(block: string): { codes: string[]; letters: number } {
  const parts = [...textsIn(parseTemplate(block).blocks)].flatMap(({ text }) => partsOf(text))
  return {
    codes: parts.flatMap((part) => (part.kind === 'code' ? [part.code] : [])),
    letters: parts.flatMap((part) => (part.kind === 'text' ? [...part.text] : [])).filter((letter) => /\p{L}/u.test(letter)).length,
  }
}

/** Title, number and signature stand around the words here: what the old template said of them is left out. */
function laidOut(block: string, notes: Set<Note>): boolean {
  const { codes, letters } = saysOf(block)
  if (!codes.length) return false
  if (letters <= 8 && codes.every((code) => HEADING.has(code))) return Boolean(notes.add('heading'))
  const signs = codes.some((code) => ONLY_SIGNING.has(code))
  if (letters <= 12 && signs && codes.every((code) => SIGNING.has(code))) return Boolean(notes.add('signature'))
  if (letters <= 2 && codes.includes('tgl_surat') && codes.every((code) => SIGNING.has(code))) return Boolean(notes.add('signature'))
  // A table with both who signs and when is the signature block, whatever else stands beside it.
  return block.startsWith('<table') && signs && codes.includes('nama_pamong') && codes.includes('tgl_surat')
    ? Boolean(notes.add('signature'))
    : false
}

/** The words in our subset, and what was left out or changed on the way. Never throws. */
export function convertHtml(html: string): { template: string; notes: ReadonlySet<Note> } {
  const notes = new Set<Note>()
  const blocks = blocksOf(childrenOf(parseFragment(html) as unknown as Node), { align: null, notes, depth: 0, inTable: false })
  return { template: blocks.filter((block) => !laidOut(block, notes)).join('\n'), notes }
}
