// Reads the words in a picture, in Indonesian and English, on this machine and without any other (Tesseract, with its data from npm).
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { createWorker, OEM } from 'tesseract.js'

/** Longer sides are made smaller: letters stay large enough, and time and memory bounded. Pixels. */
const SIDE = 2_400
/** What is less certain than so (of 100) is noise, not words. */
const SURE = 40
export const TEXT_MAX = 100_000

const LANGUAGES = ['ind', 'eng']

/** Works with a folder that holds the data of all languages: each comes in a package of its own, and the reader wants them in one place. */
async function withLanguages<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const from = createRequire(import.meta.url)
  const folder = await mkdtemp(join(tmpdir(), 'balai-words-'))
  try {
    for (const code of LANGUAGES)
      await copyFile(
        from.resolve(`@tesseract.js-data/${code}/4.0.0_best_int/${code}.traineddata.gz`),
        join(folder, `${code}.traineddata.gz`),
      )
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The text in a picture, line by line; '' when there is none worth keeping. */
export async function readPicture(bytes: Buffer): Promise<string> {
  const page = await sharp(bytes)
    .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .png()
    .toBuffer()
  const worker = await withLanguages((langPath) =>
    // Without a handler of its own, what goes wrong in there would end the whole process.
    createWorker(LANGUAGES, OEM.LSTM_ONLY, { langPath, cacheMethod: 'none', gzip: true, errorHandler: () => {} }),
  )
  try {
    const { data } = await worker.recognize(page)
    if (data.confidence < SURE) return ''
    return data.text
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => /[\p{L}\p{N}]{2}/u.test(line))
      .join('\n')
      .slice(0, TEXT_MAX)
      .toWellFormed()
  } finally {
    await worker.terminate()
  }
}
