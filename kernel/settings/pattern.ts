// A small language of patterns for values that a community describes itself. It is matched in linear time, so that no pattern can hang
// the server: a sequence of characters and classes with repetition, without groups, alternatives or references.

type Test = (char: string) => boolean
type Item = { readonly test: Test; readonly min: number; readonly max: number }

const SOURCE_MAX = 200
const ITEMS_MAX = 50
const TIMES_MAX = 1_000
const CLASSES: Readonly<Record<string, Test>> = {
  d: (c) => c >= '0' && c <= '9',
  w: (c) => /^[\p{L}\p{N}_]$/u.test(c),
  s: (c) => /^\s$/.test(c),
}
const SPECIAL = '()|^$*+?{}[]\\'

/** The parts of a pattern, or null when it is not one: too long, unfinished, or with what this language leaves out. */
export function parsePattern(source: string): readonly Item[] | null {
  const chars = [...source]
  if (!chars.length || chars.length > SOURCE_MAX) return null
  const items: Item[] = []
  for (let at = 0; at < chars.length; ) {
    const one = oneAt(chars, at)
    if (!one) return null
    const times = timesAt(chars, one.next)
    if (!times || items.length === ITEMS_MAX) return null
    items.push({ test: one.test, min: times.min, max: times.max })
    at = times.next
  }
  return items
}

const escaped = (char: string | undefined): Test | null => {
  if (char === undefined) return null
  if (Object.hasOwn(CLASSES, char)) return CLASSES[char]!
  return /^[^\p{L}\p{N}\s]$/u.test(char) ? (c) => c === char : null
}

function oneAt(chars: readonly string[], at: number): { test: Test; next: number } | null {
  const char = chars[at]!
  if (char === '[') return classAt(chars, at + 1)
  if (char === '.') return { test: () => true, next: at + 1 }
  if (char === '\\') {
    const test = escaped(chars[at + 1])
    return test && { test, next: at + 2 }
  }
  return SPECIAL.includes(char) ? null : { test: (c) => c === char, next: at + 1 }
}

/** `[a-z0-9_]`, `[^,]`: single characters, ranges and the classes of the language. */
function classAt(chars: readonly string[], start: number): { test: Test; next: number } | null {
  const not = chars[start] === '^'
  const tests: Test[] = []
  let at = not ? start + 1 : start
  for (; at < chars.length && chars[at] !== ']'; ) {
    const first = chars[at]!
    if (first === '\\') {
      const test = escaped(chars[at + 1])
      if (!test) return null
      tests.push(test)
      at += 2
    } else if (chars[at + 1] === '-' && chars[at + 2] !== undefined && chars[at + 2] !== ']') {
      const last = chars[at + 2]!
      if (last === '\\' || first > last) return null
      tests.push((c) => c >= first && c <= last)
      at += 3
    } else if (first === '[') return null
    else {
      tests.push((c) => c === first)
      at += 1
    }
  }
  if (at >= chars.length || !tests.length) return null
  return { test: (c) => tests.some((t) => t(c)) !== not, next: at + 1 }
}

function timesAt(chars: readonly string[], at: number): { min: number; max: number; next: number } | null {
  const char = chars[at]
  if (char === '*') return { min: 0, max: Infinity, next: at + 1 }
  if (char === '+') return { min: 1, max: Infinity, next: at + 1 }
  if (char === '?') return { min: 0, max: 1, next: at + 1 }
  if (char !== '{') return { min: 1, max: 1, next: at }
  const end = chars.indexOf('}', at)
  const match = /^(\d{1,4})(,(\d{0,4}))?$/.exec(end < 0 ? '' : chars.slice(at + 1, end).join(''))
  if (!match) return null
  const min = Number(match[1])
  const max = match[2] === undefined ? min : match[3] ? Number(match[3]) : Infinity
  return min <= max && min <= TIMES_MAX && (max <= TIMES_MAX || max === Infinity) ? { min, max, next: end + 1 } : null
}

/**
 * Whether the whole text fits. Walks once over the text per part of the pattern: which places can the part end at, given the places
 * it can begin at? Work is parts × characters, whatever the pattern says.
 */
export function fits(items: readonly Item[], text: string): boolean {
  const chars = [...text]
  const end = chars.length
  let open: boolean[] = Array.from({ length: end + 1 }, (_, at) => at === 0)
  for (const { test, min, max } of items) {
    // How far the part could go from each place, counted from the end.
    const run = new Int32Array(end + 1)
    for (let at = end - 1; at >= 0; at--) run[at] = test(chars[at]!) ? run[at + 1]! + 1 : 0
    // +1 where a stretch of reachable places begins, −1 after it ends.
    const edges = new Int32Array(end + 2)
    for (let at = 0; at <= end; at++) {
      const far = Math.min(max, run[at]!)
      if (!open[at] || far < min) continue
      edges[at + min]! += 1
      edges[at + far + 1]! -= 1
    }
    let inside = 0
    open = open.map((_, at) => (inside += edges[at]!) > 0)
  }
  return open[end]!
}
