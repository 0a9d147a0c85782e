// A seal as the API says it: the number somebody can note down outside the database.
import { z } from 'zod'
import { moment } from '#kernel/http/says.ts'
import { LOG_NAMES } from './canonical.ts'
import type { Seal } from './seal.ts'

export const sealShape = z.strictObject({ log: z.enum(LOG_NAMES), sequence: z.int(), hash: z.string(), sealed_at: moment })

export const sealJson = ({ log, sequence, hash, sealedAt }: Seal): object => ({
  log,
  sequence,
  hash: hash.toString('hex'),
  sealed_at: new Date(Number(sealedAt / 1000n)),
})
