// Looks at a PDF as a reader would: its words by pdftotext, and where the ink is by pdftoppm (poppler-utils).
import { execFileSync } from 'node:child_process'

const has = (tool: string): boolean => {
  try {
    execFileSync(tool, ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
/** Whether this machine can read PDFs; tests that need it say that they skip. */
export const canRead = has('pdftotext') && has('pdftoppm')

/** The words, laid out as on the page. */
export const textOf = (pdf: Uint8Array): string =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] })

/** Ink of every page on a grid of `across` × `down`: a digit per cell, 0 for white paper to 9 for the darkest. */
export function inkOf(pdf: Uint8Array, across = 12, down = 18): string[][] {
  const pages = execFileSync('pdftoppm', ['-gray', '-r', '40', '-'], {
    input: pdf,
    maxBuffer: 50_000_000,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const found: string[][] = []
  for (let at = 0; at < pages.length; ) {
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pages.subarray(at, at + 40).toString('latin1'))
    if (!head) throw new Error('pdftoppm said something else than a picture.')
    const [width, height, start] = [Number(head[1]), Number(head[2]), at + head[0].length]
    const grid = Array.from({ length: down }, (_, y) =>
      Array.from({ length: across }, (_, x) => {
        let [dark, count] = [0, 0]
        for (let row = Math.floor((y * height) / down); row < Math.floor(((y + 1) * height) / down); row++)
          for (let column = Math.floor((x * width) / across); column < Math.floor(((x + 1) * width) / across); column++) {
            dark += 255 - (pages[start + row * width + column] ?? 255)
            count++
          }
        return String(Math.min(9, Math.round((dark / (count * 255)) * 30)))
      }).join(''),
    )
    found.push(grid)
    at = start + width * height
  }
  return found
}
