// A short form of a text, made of its own first sentences that say something: nothing is written that is not there.

const LENGTH = 400

/** The first lines and sentences with at least three words, up to 400 characters; null when there are none. */
export function summaryOf(text: string): string | null {
  const said: string[] = []
  let length = 0
  for (const sentence of text.split(/\n|(?<=[.!?])\s+/)) {
    const clean = sentence.trim()
    const words = clean.match(/\p{L}{2,}/gu) ?? []
    if (words.length < 3 || said.includes(clean)) continue
    if (length + clean.length > LENGTH) break
    said.push(clean)
    length += clean.length + 1
  }
  return said.length ? said.join(' · ') : null
}
