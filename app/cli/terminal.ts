// Speaking at a terminal: lines for people, progress in place, exit codes for scripts.
import { InvalidArgumentError } from 'commander'
import { ConfigError } from '../config.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { isLocale, type Locale, say, type Words } from '#kernel/words.ts'

/** 0 done · 1 something failed on our side · 2 wrong use or wrong settings · 3 refused by a rule · 4 the database cannot be had. */
export const EXIT = { done: 0, failed: 1, usage: 2, refused: 3, unavailable: 4 } as const

const language = (process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '').slice(0, 2)
export const LOCALE: Locale = isLocale(language) ? language : 'en'

export const line = (text: string): void => void process.stdout.write(`${text}\n`)
export const tell = (words: Words, values: Record<string, unknown> = {}): void => line(say(words, LOCALE, values))
/** What is going on, beside the output: on standard error, so that output can be piped. */
export const note = (words: Words): void => void process.stderr.write(`  ${say(words, LOCALE)}\n`)

/** A line that counts up in place at a terminal, and once per tenth in a file. */
export function progressLine(): (done: number, total: number, doing: Words) => void {
  let last = -1
  return (done, total, doing) => {
    const tenth = total ? Math.floor((done / total) * 10) : 0
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  ${say(doing, LOCALE)} ${done}/${total}${done >= total ? '\n' : ''}`)
    else if (tenth !== last) process.stderr.write(`  ${say(doing, LOCALE)} ${done}/${total}\n`)
    last = tenth
  }
}

/** For options that are a number: a word that is none is wrong use (exit code 2), not zero. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const n = Number(text)
    if (!/^\d{1,9}$/.test(text) || n < min || n > max) throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`)
    return n
  }

/** Says what went wrong in words and answers the exit code. */
export function explainFailure(error: unknown): number {
  if (error instanceof Refusal) {
    process.stderr.write(`${say(error.words, LOCALE, error.more)}\n`)
    for (const f of error.fields) process.stderr.write(`  ${f.field}: ${say(f.message, LOCALE, f.values ?? {})}\n`)
    return EXIT.refused
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`)
    return EXIT.usage
  }
  const worded = error as { words?: Words; values?: Record<string, unknown>; code?: string; name?: string; message?: string }
  if (worded.words) {
    process.stderr.write(`${say(worded.words, LOCALE, worded.values ?? {})}\n`)
    return worded.name === 'DatabaseUnavailable' ? EXIT.unavailable : EXIT.refused
  }
  process.stderr.write(`${worded.message ?? String(error)}\n`)
  if (process.env['BALAI_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return EXIT.failed
}
