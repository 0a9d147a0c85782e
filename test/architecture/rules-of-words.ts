// What everything that people read keeps to: both languages, the same places to fill, no stray spaces.

/** Phrases inside any value: objects with exactly an Indonesian and an English text. */
function* phrasesIn(value: unknown, path: string, seen: Set<object>): Generator<{ path: string; id: unknown; en: unknown }> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  const keys = Object.keys(value)
  if (
    keys.length <= 2 &&
    (keys.includes('en') ||
      (keys.includes('id') && keys.length === 1 && typeof (value as { id: unknown }).id === 'string' && path.endsWith('label')))
  ) {
    const { id, en } = value as { id?: unknown; en?: unknown }
    yield { path, id, en }
    return
  }
  for (const key of keys) yield* phrasesIn((value as Record<string, unknown>)[key], `${path}.${key}`, seen)
}

const placesIn = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map((m) => m[1] ?? '')
    .toSorted()
    .join()

/** Every phrase is there in Indonesian and in English, with the same places. */
export function wordsInBoth(value: unknown, name: string): string[] {
  return [...phrasesIn(value, name, new Set())].flatMap(({ path, id, en }) => {
    if (typeof id !== 'string' || typeof en !== 'string' || !id.trim() || !en.trim()) return [`${path} is not said in both languages`]
    if (id !== id.trim() || en !== en.trim()) return [`${path} begins or ends with a space`]
    return placesIn(id) === placesIn(en) ? [] : [`${path} has other places in one language than in the other`]
  })
}
