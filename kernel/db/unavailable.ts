// The database cannot be used: why, and what the person who starts Balai can do about it.
import { say, type Locale, type Words } from '#kernel/words.ts'

export class DatabaseUnavailable extends Error {
  /** What is wrong, then what to do, in both languages. */
  readonly words: Words
  readonly values: Readonly<Record<string, unknown>>

  constructor(words: Words, values: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(say(words, 'en', values), { cause })
    this.name = 'DatabaseUnavailable'
    this.words = words
    this.values = values
  }

  in(locale: Locale): string {
    return say(this.words, locale, this.values)
  }
}
