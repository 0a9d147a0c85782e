// Elements → the tree of a letter: bare text in a cell becomes a paragraph, marks hang on their words.
import { alignIn, type Element, elementsOf, type Fault, type Node, type Text } from './elements.ts'
import type { Align, Block, Cell, Inline, Mark, Place, Row } from './tree.ts'

const isElement = (node: Node): node is Element => !isText(node)
const isText = (node: Node): node is Text => node.name === '#text'
const elementsIn = (nodes: readonly Node[]): Element[] => nodes.filter(isElement)
const MARKS: readonly string[] = ['strong', 'em', 'u']

/** Line breaks in the source are spaces, as in every HTML. */
const spaced = (text: string): string => text.replaceAll(/[ \t\r\n\f]+/g, ' ')

function inlinesOf(nodes: readonly Node[], marks: readonly Mark[] = []): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (!isElement(node)) return [{ tag: 'text', text: spaced(node.text), raw: node.text, marks, place: node.place }]
    if (node.name === 'br') return [{ tag: 'br', place: node.place }]
    return inlinesOf(node.children, marks.includes(node.name as Mark) ? marks : [...marks, node.name as Mark])
  })
}

const isBlank = (line: readonly Inline[]): boolean => line.every((one) => one.tag === 'text' && one.text.trim() === '')

/** Spaces at the ends of a line mean nothing. */
function trimmed(line: readonly Inline[]): Inline[] {
  const kept = [...line]
  const first = kept[0]
  if (first?.tag === 'text') kept[0] = { ...first, text: first.text.trimStart() }
  const last = kept.at(-1)
  if (last?.tag === 'text') kept[kept.length - 1] = { ...last, text: last.text.trimEnd() }
  return kept
}

const align = (element: Element): Align | null => alignIn(element.attributes['style']) as Align | null

/** What a cell or an item holds: blocks, with loose words gathered into paragraphs. */
function mixed(nodes: readonly Node[]): Block[] {
  const blocks: Block[] = []
  let loose: Node[] = []
  const gather = (): void => {
    const content = inlinesOf(loose)
    if (!isBlank(content)) blocks.push({ tag: 'p', align: null, indent: 0, content: trimmed(content) })
    loose = []
  }
  for (const node of nodes) {
    if (!isElement(node) || node.name === 'br' || MARKS.includes(node.name)) loose.push(node)
    else {
      gather()
      blocks.push(...blocksOf([node]))
    }
  }
  gather()
  return blocks
}

function cellOf(element: Element): Cell {
  const { colspan = '1', rowspan = '1', width } = element.attributes
  return {
    head: element.name === 'th',
    columns: Number(colspan),
    rows: Number(rowspan),
    align: align(element),
    width: width ? Number(width.slice(0, -1)) : null,
    content: mixed(element.children),
  }
}

function rowsOf(element: Element): Row[] {
  return elementsIn(element.children).flatMap((one) =>
    one.name === 'tr' ? [{ cells: elementsIn(one.children).map(cellOf), place: one.place }] : rowsOf(one),
  )
}

function blocksOf(nodes: readonly Node[]): Block[] {
  return elementsIn(nodes).map((one): Block => {
    switch (one.name) {
      case 'hr':
        return { tag: 'hr' }
      case 'ol':
      case 'ul':
        return { tag: one.name, items: elementsIn(one.children).map((item) => mixed(item.children)) }
      case 'table':
        return { tag: 'table', border: one.attributes['border'] === '1', rows: rowsOf(one) }
      case 'h1':
      case 'h2':
      case 'h3':
        return { tag: one.name, align: align(one), content: trimmed(inlinesOf(one.children)) }
      default:
        return {
          tag: 'p',
          align: align(one),
          indent: Number(one.attributes['data-indent'] ?? 0),
          content: trimmed(inlinesOf(one.children)),
        }
    }
  })
}

/** Reads the text of a template. With faults there are no blocks: a text that is half understood is not printed. */
export function parseTemplate(html: string): { blocks: readonly Block[]; faults: readonly Fault[] } {
  const { nodes, faults } = elementsOf(html)
  return faults.length ? { blocks: [], faults } : { blocks: blocksOf(nodes), faults }
}

/** Every text of a tree, with the table row it stands in. */
export function* textsIn(blocks: readonly Block[], row: Row | null = null): Generator<{ text: string; place: Place; row: Row | null }> {
  for (const block of blocks) {
    if ('items' in block) for (const item of block.items) yield* textsIn(item, row)
    else if ('rows' in block) for (const one of block.rows) for (const cell of one.cells) yield* textsIn(cell.content, one)
    else if ('content' in block) for (const one of block.content) if (one.tag === 'text') yield { text: one.raw, place: one.place, row }
  }
}
