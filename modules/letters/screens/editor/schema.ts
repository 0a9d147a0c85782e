// What can be written in a letter: the same few parts as its HTML, and placeholders as chips that are moved whole.
import { Extension, type Extensions, mergeAttributes, Node } from '@tiptap/core'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { TextAlign } from '@tiptap/extension-text-align'
import { StarterKit } from '@tiptap/starter-kit'

export const Placeholder = Node.create({
  name: 'placeholder',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({
    code: {
      default: '',
      parseHTML: (element: HTMLElement) => element.dataset['code'] ?? '',
      renderHTML: ({ code }) => ({ 'data-code': code }),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-code]' }],
  renderHTML: ({ HTMLAttributes, node }) => ['span', mergeAttributes({ class: 'letter-code' }, HTMLAttributes), String(node.attrs['code'])],
  renderText: ({ node }) => String(node.attrs['code']),
  addNodeView:
    () =>
    ({ node }) => {
      const dom = document.createElement('span')
      dom.className = 'letter-code'
      dom.dataset['code'] = String(node.attrs['code'])
      dom.textContent = String(node.attrs['code'])
      // Its words are written by whoever knows what the codes mean.
      return { dom, ignoreMutation: () => true }
    },
})

const cellParts = {
  width: {
    default: null,
    parseHTML: (element: HTMLElement) => element.getAttribute('width'),
    renderHTML: ({ width }: Record<string, unknown>) => (width ? { width } : {}),
  },
  align: {
    default: null,
    parseHTML: (element: HTMLElement) => element.style.textAlign || null,
    renderHTML: ({ align }: Record<string, unknown>) => (align ? { style: `text-align: ${String(align)}` } : {}),
  },
}

export const extensions: Extensions = [
  StarterKit.configure({ heading: { levels: [1, 2, 3] }, blockquote: false, code: false, codeBlock: false, strike: false, link: false }),
  TextAlign.configure({ types: ['paragraph', 'heading'], alignments: ['left', 'center', 'right', 'justify'] }),
  Table.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        border: {
          default: false,
          parseHTML: (element: HTMLElement) => element.getAttribute('border') === '1',
          renderHTML: ({ border }: Record<string, unknown>) => (border ? { 'data-border': '1' } : {}),
        },
      }
    },
  }),
  TableRow,
  TableCell.extend({
    addAttributes() {
      return { ...this.parent?.(), ...cellParts }
    },
  }),
  TableHeader.extend({
    addAttributes() {
      return { ...this.parent?.(), ...cellParts }
    },
  }),
  Placeholder,
  Extension.create({
    name: 'paragraphIndent',
    addGlobalAttributes: () => [
      {
        types: ['paragraph'],
        attributes: {
          indent: {
            default: 0,
            parseHTML: (element: HTMLElement) => Number(element.dataset['indent'] ?? 0),
            renderHTML: ({ indent }) => (indent ? { 'data-indent': indent } : {}),
          },
        },
      },
    ],
  }),
]
