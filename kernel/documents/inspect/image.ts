// Pictures are drawn anew: what is kept is what can be seen, without the place it was taken, and without anything hidden behind it.
import sharp from 'sharp'
import { JPEG, PNG, type FileKind } from './kinds.ts'
import { refused } from './refusals.ts'

/** Larger pictures cost more memory than a document is worth; phones take 12 to 50. */
const MEGAPIXELS = 50
const THUMBNAIL = 480
/** At once in this process: each may take some 200 MB for a moment. */
const AT_ONCE = 2

// The library would keep decoded pictures of people in memory.
sharp.cache(false)

let working = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else working++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else working--
  }
}

export type Redrawn = { readonly bytes: Buffer; readonly thumbnail: Buffer; readonly width: number; readonly height: number }

/** The picture drawn anew, upright, without metadata, and a small WebP of it. Throws 422 `image_too_large`, `file_damaged`. */
export const redraw = (kind: FileKind, bytes: Buffer): Promise<Redrawn> =>
  inTurn(async () => {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata().catch(damaged)
    if (width * height > MEGAPIXELS * 1_000_000) throw refused('image_too_large', { most: MEGAPIXELS })
    // autoOrient before anything else: the tag that says which way is up goes with the rest of the metadata.
    const upright = sharp(bytes, { limitInputPixels: MEGAPIXELS * 1_000_000, failOn: 'error', sequentialRead: true }).autoOrient()
    const whole =
      kind === JPEG ? upright.clone().jpeg({ quality: 90 }) : kind === PNG ? upright.clone().png() : upright.clone().webp({ quality: 90 })
    const { data, info } = await whole.toBuffer({ resolveWithObject: true }).catch(damaged)
    return { bytes: data, width: info.width, height: info.height, thumbnail: await thumbnailOf(data) }
  })

const thumbnailOf = (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes).resize({ width: THUMBNAIL, height: THUMBNAIL, fit: 'inside', withoutEnlargement: true }).webp({ quality: 78 }).toBuffer()

function damaged(): never {
  throw refused('file_damaged')
}
