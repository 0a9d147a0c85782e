// What a placeholder is called in the editor: its label, written as its letters will be; codes that nobody knows stand out.
import type { Words } from '#kernel/words.ts'
import { withCase } from '../../template/case.ts'
import { MODIFIERS, partsOf } from '../../template/placeholders.ts'

type Say = (words: Words) => string

/** Writes labels into every chip below `root`. `labels`: code → what it is called. */
export function labelChips(root: Element, labels: ReadonlyMap<string, Words>, say: Say): void {
  for (const chip of root.querySelectorAll<HTMLElement>('.letter-code')) {
    const written = chip.dataset['code'] ?? ''
    const [part] = partsOf(written)
    const known = part?.kind === 'sum' ? { id: 'Hitungan', en: 'Sum' } : part?.kind === 'code' ? labels.get(part.code) : undefined
    const member = part?.kind === 'code' ? /^klg(\d{1,2})_(.+)$/.exec(part.code) : null
    const label = known ?? (member ? labels.get(member[2] ?? '') : undefined)
    chip.toggleAttribute('data-unknown', !label)
    chip.title = written
    const way = part && 'modifier' in part && part.modifier ? ` · ${say(MODIFIERS[part.modifier])}` : ''
    const number = member ? ` (${member[1]})` : ''
    chip.textContent = label
      ? `${withCase(say(label), part && 'form' in part && part.form !== 'lower' ? part.form : 'as_is')}${number}${way}`
      : written
  }
}
