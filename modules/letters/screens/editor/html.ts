// Between the HTML that is kept and the document that is edited: placeholders become chips, and nothing else is added.
import type { JSONContent } from '@tiptap/core'
import { partsOf } from '../../template/placeholders.ts'

/** Kept HTML with every placeholder in an element of its own, for the editor to read. */
export function toEditor(html: string): string {
  const page = new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html')
  const walk = (node: Node): void => {
    for (const child of [...node.childNodes]) {
      if (child.nodeType !== Node.TEXT_NODE) {
        walk(child)
        continue
      }
      const parts = partsOf(child.textContent ?? '')
      if (parts.every((part) => part.kind === 'text')) continue
      child.replaceWith(
        ...parts.map((part) => {
          if (part.kind === 'text' || part.kind === 'broken')
            return document.createTextNode(part.kind === 'text' ? part.text : part.written)
          const chip = document.createElement('span')
          chip.dataset['code'] = part.written
          return chip
        }),
      )
    }
  }
  walk(page.body)
  return page.body.innerHTML
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00A0', ' ')
const MARKS: Readonly<Record<string, string>> = { bold: 'strong', italic: 'em', underline: 'u' }

function inline(nodes: readonly JSONContent[] = []): string {
  return nodes
    .map((node) => {
      if (node.type === 'hardBreak') return '<br>'
      const text = node.type === 'placeholder' ? String(node.attrs?.['code'] ?? '') : (node.text ?? '')
      return (node.marks ?? []).reduceRight(
        (html, { type }) => (MARKS[type] ? `<${MARKS[type]}>${html}</${MARKS[type]}>` : html),
        escaped(text),
      )
    })
    .join('')
}

const aligned = (align: unknown): string =>
  typeof align === 'string' && align !== '' && align !== 'left' ? ` style="text-align: ${align}"` : ''

function cell(node: JSONContent): string {
  const { colspan = 1, rowspan = 1, width, align } = node.attrs ?? {}
  const tag = node.type === 'tableHeader' ? 'th' : 'td'
  const more = [
    colspan > 1 ? ` colspan="${colspan}"` : '',
    rowspan > 1 ? ` rowspan="${rowspan}"` : '',
    width ? ` width="${width}"` : '',
    aligned(align),
  ]
  const [first, ...rest] = node.content ?? []
  const plain = first?.type === 'paragraph' && rest.length === 0 && !aligned(first.attrs?.['textAlign'])
  return `<${tag}${more.join('')}>${plain ? inline(first.content) : (node.content ?? []).map(block).join('')}</${tag}>`
}

function block(node: JSONContent): string {
  const { textAlign, indent, level, border } = node.attrs ?? {}
  switch (node.type) {
    case 'paragraph':
      return `<p${aligned(textAlign)}${indent ? ` data-indent="${indent}"` : ''}>${inline(node.content)}</p>`
    case 'heading':
      return `<h${level}${aligned(textAlign)}>${inline(node.content)}</h${level}>`
    case 'horizontalRule':
      return '<hr>'
    case 'bulletList':
    case 'orderedList': {
      const tag = node.type === 'bulletList' ? 'ul' : 'ol'
      return `<${tag}>\n${(node.content ?? []).map((item) => `  <li>${(item.content ?? []).map(block).join('')}</li>\n`).join('')}</${tag}>`
    }
    case 'table':
      return `<table${border ? ' border="1"' : ''}>\n${(node.content ?? []).map((row) => `  <tr>${(row.content ?? []).map(cell).join('')}</tr>\n`).join('')}</table>`
    default:
      return ''
  }
}

/** The document as HTML of the letters' subset. */
export function fromEditor(document: JSONContent): string {
  const blocks = [...(document.content ?? [])]
  // The editor always leaves a line to write on after a table.
  while (blocks.length > 1 && blocks.at(-1)?.type === 'paragraph' && !blocks.at(-1)?.content?.length) blocks.pop()
  return blocks.map((node) => `${block(node)}\n`).join('')
}
