// Signs the letters of one request, one after the other, and reports how many were signed.
import type { JobKind } from '#kernel/jobs/job.ts'
import { fail, signOne } from './sign-one.ts'

export const SIGN = 'letters.sign'

/** Ids of `letters.signings`. */
export type SignInput = { readonly signings: readonly string[] }

export const signLetters: JobKind<SignInput> = {
  name: SIGN,
  label: { id: 'Menandatangani surat', en: 'Signing letters' },
  retries: 3,
  run: async (job, { signings }) => {
    const ends = { signed: 0, failed: 0 }
    for (const [done, id] of signings.entries()) {
      job.progress(done, signings.length, { id: 'Menandatangani', en: 'Signing' })
      ends[await signOne(job, id)]++
    }
    return ends
  },
  abandoned: async (ctx, { signings }, how, error) => {
    const message =
      how === 'cancelled' || !error
        ? { id: 'Penandatanganan dibatalkan. Tanda tangani lagi bila perlu.', en: 'Signing was cancelled. Sign again if you need to.' }
        : error.message
    for (const id of signings) await fail(ctx, id, error?.code ?? 'cancelled', message)
  },
}
