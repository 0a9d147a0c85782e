// A letter to sign in tests, and what a reader of PDFs says of its signature (pdfsig of poppler-utils).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkDefinition, fill, letterPdf } from '../template/index.ts'
import { sampleFor } from '../template/sample.ts'
import { FRAME, PAPER } from '../template/test-frame.ts'
import { SHIPPED, wordsOf } from '../templates/index.ts'

/** Whether this machine can judge signatures; tests that need it say that they skip. */
export const canJudge = !spawnSync('pdfsig', ['-v']).error

/** A shipped letter of Sukamaju as tagged PDF/A-2a. */
export function letterToSign(): Promise<Uint8Array<ArrayBuffer>> {
  const one = SHIPPED[0]!
  const { definition } = checkDefinition(one.variables, one.subjects)
  const content = fill(
    { ...one, ...PAPER, ...one, paper: 'F4', template: wordsOf(one), attachment: null },
    definition,
    sampleFor(definition),
    FRAME,
  )
  return letterPdf(content, { at: new Date('2026-11-21T00:00:00Z') })
}

/** What pdfsig says. */
export function judged(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'balai-pdfsig-'))
  try {
    writeFileSync(join(folder, 'letter.pdf'), pdf)
    return spawnSync('pdfsig', [join(folder, 'letter.pdf')], { encoding: 'utf8', cwd: folder, env: { ...process.env, HOME: folder } })
      .stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
