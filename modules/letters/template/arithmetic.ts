// The sums a template may ask for: numbers, fields, + − × ÷ and brackets. Read by a parser of its own; nothing is ever run.

/** A problem with an expression, for the person who wrote it. */
export type Fault = { readonly code: 'sum_unreadable' | 'sum_too_long' | 'sum_divides_by_zero' | 'sum_too_large'; readonly at: number }
export type Sum =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'minus'; readonly of: Sum }
  | { readonly kind: 'sum'; readonly sign: '+' | '-' | '*' | '/'; readonly left: Sum; readonly right: Sum }

type Token = { readonly text: string; readonly at: number }

const LENGTH_MAX = 200
const DEPTH_MAX = 20

const TOKEN = /\s*(?:(\d[\d.,]*)|\[?([A-Za-z][A-Za-z0-9_]*)\]?|([-+*/()]))/y

function tokensOf(text: string): Token[] | Fault {
  if (text.length > LENGTH_MAX) return { code: 'sum_too_long', at: LENGTH_MAX }
  const tokens: Token[] = []
  const end = text.trimEnd().length
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) return { code: 'sum_unreadable', at }
    tokens.push({ text: match[1] ?? match[2] ?? match[3] ?? '', at })
  }
  return tokens
}

/** Digits as Indonesian people and programs write them: `1.500.000` and `2,5` and `2.5`. */
function numberOf(text: string): number | null {
  const plain = /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) ? text.replaceAll('.', '').replace(',', '.') : text.replace(',', '.')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** Reads an expression: `form_luas * form_harga`, `([form_a] + 2) / 3`. Answers what is wrong where it cannot be read. */
export function readSum(text: string): Sum | Fault {
  const found = tokensOf(text)
  if ('code' in found) return found
  const tokens: readonly Token[] = found
  let next = 0
  const here = (): number => tokens[next]?.at ?? text.length
  const unreadable = (): Fault => ({ code: 'sum_unreadable', at: here() })
  const isFault = (value: Sum | Fault): value is Fault => 'code' in value

  function chain(signs: string, operand: (depth: number) => Sum | Fault, depth: number): Sum | Fault {
    let left = operand(depth)
    while (!isFault(left) && tokens[next] && signs.includes(tokens[next]!.text)) {
      const sign = tokens[next++]!.text as '+' | '-' | '*' | '/'
      const right = operand(depth)
      left = isFault(right) ? right : { kind: 'sum', sign, left, right }
    }
    return left
  }
  const sums = (depth: number): Sum | Fault => chain('+-', products, depth)
  const products = (depth: number): Sum | Fault => chain('*/', single, depth)
  function single(depth: number): Sum | Fault {
    const token = tokens[next]
    if (!token || depth > DEPTH_MAX) return unreadable()
    next++
    if (token.text === '-') {
      const of = single(depth + 1)
      return isFault(of) ? of : { kind: 'minus', of }
    }
    if (token.text === '(') {
      const inner = sums(depth + 1)
      if (isFault(inner)) return inner
      if (tokens[next]?.text !== ')') return unreadable()
      next++
      return inner
    }
    const value = numberOf(token.text)
    if (value !== null) return { kind: 'number', value }
    if (/^[A-Za-z]/.test(token.text)) return { kind: 'name', name: token.text.toLowerCase() }
    next--
    return unreadable()
  }
  const read = sums(0)
  return isFault(read) || next === tokens.length ? read : unreadable()
}

/** The names an expression uses. */
export function namesIn(sum: Sum): string[] {
  if (sum.kind === 'name') return [sum.name]
  if (sum.kind === 'minus') return namesIn(sum.of)
  return sum.kind === 'sum' ? [...namesIn(sum.left), ...namesIn(sum.right)] : []
}

/** The value, rounded to hundredths, as plain digits; `valueOf` answers a name's number, or null: an empty field makes the sum empty. */
export function calculate(sum: Sum, valueOf: (name: string) => number | null): string | null | Fault {
  const work = (one: Sum): number | null => {
    if (one.kind === 'number') return one.value
    if (one.kind === 'name') return valueOf(one.name)
    if (one.kind === 'minus') {
      const of = work(one.of)
      return of === null ? null : -of
    }
    const [a, b] = [work(one.left), work(one.right)]
    if (a === null || b === null) return null
    return one.sign === '+' ? a + b : one.sign === '-' ? a - b : one.sign === '*' ? a * b : a / b
  }
  const result = work(sum)
  if (result === null) return null
  if (!Number.isFinite(result)) return { code: 'sum_divides_by_zero', at: 0 }
  if (Math.abs(result) > 1e15) return { code: 'sum_too_large', at: 0 }
  const rounded = Math.round(result * 100) / 100
  return String(Object.is(rounded, -0) ? 0 : rounded)
}
