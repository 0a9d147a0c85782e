// What people are told when a plan's limit is reached: which one, how much there is, and whom to ask.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'

export type LimitName = 'users' | 'rows' | 'storage_mb' | 'api_calls_per_day'
export const LIMITS: readonly LimitName[] = ['users', 'rows', 'storage_mb', 'api_calls_per_day']

const REACHED: Readonly<Record<Exclude<LimitName, 'api_calls_per_day' | 'storage_mb'>, Words>> = {
  users: {
    id: 'Paket komunitas ini memuat {most} anggota, dan semuanya terpakai. Nonaktifkan seorang anggota, atau minta pengelola Balai menaikkan paket.',
    en: 'This community’s plan has room for {most} members, and all are taken. Make one inactive, or ask the operator of Balai for a larger plan.',
  },
  rows: {
    id: 'Paket komunitas ini memuat {most} data; tempatnya tidak cukup untuk ini. Minta pengelola Balai menaikkan paket.',
    en: 'This community’s plan has room for {most} records; there is not enough left for this. Ask the operator of Balai for a larger plan.',
  },
}

/** 409 `plan_limit`, naming the limit. */
export const planLimit = (limit: keyof typeof REACHED, most: number): Refusal =>
  new Refusal(409, 'plan_limit', REACHED[limit], [], { more: { limit, most } })

const megabytes = (bytes: number): number => Math.ceil(bytes / 100_000) / 10

/** 413 `storage_full`: how much there is, how much is in use, how much this needs. Amounts of bytes; `most` in megabytes. */
export const storageFull = (most: number, used: number, needed: number): Refusal =>
  new Refusal(
    413,
    'storage_full',
    {
      id: 'Ruang komunitas ini {most} MB dan terpakai {used_mb} MB; berkas ini perlu {needed_mb} MB lagi. Hapus impor yang tidak diperlukan, atau minta pengelola Balai menaikkan paket.',
      en: 'This community has {most} MB of storage and uses {used_mb} MB; this file needs {needed_mb} MB more. Delete imports you no longer need, or ask the operator of Balai for a larger plan.',
    },
    [],
    { more: { limit: 'storage_mb', most, used, needed, used_mb: megabytes(used), needed_mb: megabytes(needed) } },
  )

/** 429 `plan_calls`: the day's requests are used up; `seconds` until the community's next day begins. */
export const planCalls = (most: number, seconds: number): Refusal =>
  new Refusal(
    429,
    'plan_calls',
    {
      id: 'Jatah {most} permintaan hari ini untuk komunitas ini sudah habis. Besok dimulai lagi; minta pengelola Balai bila perlu lebih.',
      en: 'This community’s {most} requests for today are used up. Tomorrow it begins anew; ask the operator of Balai if you need more.',
    },
    [],
    { more: { limit: 'api_calls_per_day', most, seconds }, headers: { 'retry-after': String(seconds) } },
  )

/** What the database's own guard over members raised (SQLSTATE PL409), in words. */
export function planLimitOf(detail: string | undefined): Refusal {
  const most = Number(/"most"\s*:\s*(\d+)/.exec(detail ?? '')?.[1] ?? 0)
  return planLimit('users', most)
}
