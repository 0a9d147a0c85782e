// The tree of a template → the blocks of a letter, with words in place of placeholders and rows for every member of a list.
import type { ContentBlock, ContentCell, ContentColumn, ContentRow, Run } from './content.ts'
import { type Filling, fillText, groupIn, membersIn, type RowNow } from './fill-text.ts'
import { textsIn } from './parse.ts'
import type { Block, Inline, Row } from './tree.ts'

function runsOf(content: readonly Inline[], f: Filling, row: RowNow | null): Run[] {
  return content.flatMap((one): Run[] => {
    if (one.tag === 'br') return [{ br: true }]
    const marks = {
      ...(one.marks.includes('strong') ? { b: true as const } : {}),
      ...(one.marks.includes('em') ? { i: true as const } : {}),
    }
    const under = one.marks.includes('u') ? { u: true as const } : {}
    // What people typed on several lines stays on several lines.
    return fillText(one.text, f, row)
      .split('\n')
      .flatMap((s, i): Run[] => [...(i ? [{ br: true } as const] : []), ...(s ? [{ s, ...marks, ...under }] : [])])
  })
}

const textOf = (row: Row): string[] => row.cells.flatMap((cell) => [...textsIn(cell.content)].map(({ text }) => text))

/** A row of a template as rows of the letter: one, one for everybody in its list, or none for a member there is not. */
function rowsOf(row: Row, f: Filling, now: RowNow | null): ContentRow[] {
  const make = (as: RowNow | null): ContentRow => ({
    head: row.cells.length > 0 && row.cells.every((cell) => cell.head),
    cells: row.cells.map((cell) => ({ columns: cell.columns, rows: cell.rows, align: cell.align, blocks: blocksOf(cell.content, f, as) })),
  })
  const texts = textOf(row)
  const group = texts.map((text) => groupIn(text, f.definition)).find((name) => name !== null)
  if (group) {
    const people = f.lists.get(group) ?? []
    return people.length ? people.map((person, i) => make({ group, person, nth: i + 1 })) : [make({ group, person: null, nth: 0 })]
  }
  const named = texts.flatMap((text) => membersIn(text, f.definition))
  const known = f.lists.get('klg')?.length ?? 0
  return named.length && named.every((nth) => nth > known) ? [] : [make(now)]
}

const words = (cell: ContentCell | undefined): string =>
  (cell?.blocks ?? [])
    .flatMap((block) => (block.t === 'p' ? block.runs.flatMap((run) => ('s' in run ? [run.s] : [])) : []))
    .join(' ')
    .trim()

/** Widths: those the template says; else an identity table's own; else by how much stands in each column. */
function columnsOf(rows: readonly Row[], filled: readonly ContentRow[], border: boolean): ContentColumn[] {
  const widest = rows.toSorted((a, b) => b.cells.length - a.cells.length)[0]
  const count = Math.max(1, ...filled.map((row) => row.cells.reduce((sum, cell) => sum + cell.columns, 0)))
  const said = widest?.cells.map((cell) => cell.width) ?? []
  const simple = filled.filter((row) => row.cells.length === count && row.cells.every((cell) => cell.columns === 1))
  const longest = (at: number): number => Math.max(0, ...simple.map((row) => words(row.cells[at]).length))
  const colon = Array.from({ length: count }, (_, at) => at).find(
    (at) => simple.length > 0 && simple.every((row) => [':', ''].includes(words(row.cells[at]))) && longest(at) === 1,
  )
  const shares = said.reduce<number>((sum, width) => sum + (width ?? 0), 0)
  const unsaid = Math.max(1, count - said.filter((width) => width !== null).length)
  return Array.from({ length: count }, (_, at): ContentColumn => {
    if (shares > 0) return said[at] ?? Math.max(5, (100 - shares) / unsaid)
    if (!border && colon !== undefined && colon > 0) return at === colon - 1 ? 'label' : at === count - 1 ? 1 : 'auto'
    const long = longest(at)
    if (long <= 4 && at < count - 1) return 'auto'
    return Math.round(Math.sqrt(Math.max(4, Math.min(90, long))) * 10)
  })
}

/** The number of cells a row takes up, filled to the number of columns with empty ones. */
function filledUp(rows: readonly ContentRow[], columns: number): ContentRow[] {
  let hanging: number[] = []
  return rows.map((row) => {
    const taken = row.cells.reduce((sum, cell) => sum + cell.columns, 0) + hanging.reduce((sum, left) => sum + (left > 0 ? 1 : 0), 0)
    const missing = Math.max(0, columns - taken)
    hanging = [
      ...hanging.map((left) => left - 1).filter((left) => left > 0),
      ...row.cells.flatMap((cell) => Array.from({ length: cell.rows > 1 ? cell.columns : 0 }, () => cell.rows - 1)),
    ]
    const empty: ContentCell = { columns: 1, rows: 1, align: null, blocks: [] }
    return missing ? { ...row, cells: [...row.cells, ...Array.from({ length: missing }, () => empty)] } : row
  })
}

export function blocksOf(blocks: readonly Block[], f: Filling, now: RowNow | null = null): ContentBlock[] {
  return blocks.map((block): ContentBlock => {
    switch (block.tag) {
      case 'hr':
        return { t: 'hr' }
      case 'ol':
      case 'ul':
        return { t: 'list', ordered: block.tag === 'ol', items: block.items.map((item) => blocksOf(item, f, now)) }
      case 'table': {
        const rows = block.rows.flatMap((row) => rowsOf(row, f, now))
        const columns = columnsOf(block.rows, rows, block.border)
        return { t: 'table', border: block.border, columns, rows: filledUp(rows, columns.length) }
      }
      case 'p':
        return { t: 'p', align: block.align, indent: block.indent, runs: runsOf(block.content, f, now) }
      default:
        return { t: 'h', level: Number(block.tag[1]), align: block.align, runs: runsOf(block.content, f, now) }
    }
  })
}
