// A letter's words as it would be issued now: whose paper, who signs, its day, number and validity, and what was filled in.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid } from '#kernel/http/refusal.ts'
import { holderOf, type Official, officialOn } from '#modules/office/index.ts'
import { addDays } from '#modules/registry/index.ts'
import type { SigningMode } from '../codes.ts'
import { fillLetter, frameOf, type LetterContent, type LetterFrame, type Signatory } from '../template/index.ts'
import { type Details, type TemplateRow, withApplicant } from './inputs.ts'

/** Who signs a letter, as the paper names them, and as the row keeps them. `official` is null where the office has no list of officials yet. */
export type Signing = { readonly official: Official | null; readonly mode: SigningMode; readonly signatory: Signatory }

/** The head of the village signs, or the official chosen: in the head's name, or for the secretary who would sign in it. Throws 422. */
export async function signingOf(ctx: Ctx, frame: LetterFrame, signatoryId: string | null, day: string): Promise<Signing> {
  const { signatory: head } = frame
  const chosen = signatoryId === null ? await holderOf(ctx, 'HEAD', day) : await officialOn(ctx, signatoryId, day)
  if (signatoryId !== null && !chosen)
    throw invalid([
      {
        field: 'signatory_id',
        code: 'not_in_office',
        message: { id: 'Pejabat ini tidak menjabat pada tanggal surat.', en: 'This official was not in office on the day of the letter.' },
      },
    ])
  if (!chosen) return { official: null, mode: 'direct', signatory: head }
  const own = { name: chosen.name, position: chosen.position, staffNumber: chosen.nip, staffNumberLabel: head.staffNumberLabel }
  if (chosen.duty === 'HEAD')
    return { official: chosen, mode: 'direct', signatory: { ...own, position: frame.village.headTitle, mode: 'direct' } }
  if (chosen.duty === 'SECRETARY') return { official: chosen, mode: 'an', signatory: { ...own, mode: 'an' } }
  const secretary = await holderOf(ctx, 'SECRETARY', day)
  const onBehalfOf = secretary?.position ?? 'Sekretaris Desa'
  return { official: chosen, mode: 'ub', signatory: { ...own, mode: 'ub', onBehalfOf } }
}

/** The last day a letter holds: a month from 31 January ends on the last day of February. */
export function lastDay(day: string, count: number, unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'): string {
  if (unit === 'DAY' || unit === 'WEEK') return addDays(day, count * (unit === 'WEEK' ? 7 : 1))
  const months = count * (unit === 'YEAR' ? 12 : 1)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const end = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  return new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), Math.min(date, end.getUTCDate()))).toISOString().slice(0, 10)
}

export type Composed = {
  readonly content: LetterContent
  readonly frame: LetterFrame
  readonly signing: Signing
}

export type Letter = {
  readonly template: TemplateRow
  readonly citizenId: string
  readonly details: Details
  readonly signatoryId: string | null
}

/** Where a draft's number will stand. */
export const NO_NUMBER_YET = '. . . . . . . . . .'

/** What it says, for a number that is drawn or the dots of a draft. Reads as `ctx` sees; throws what `fillLetter` throws. */
export async function compose(
  ctx: Ctx,
  { template, citizenId, details, signatoryId }: Letter,
  as: { readonly day: string; readonly number: string; readonly verification: string | null },
): Promise<Composed> {
  const found = await frameOf(ctx, { day: as.day, number: as.number })
  const signing = await signingOf(ctx, found, signatoryId, as.day)
  const { validity_count: count, validity_unit: unit } = template
  const frame: LetterFrame = {
    ...found,
    signatory: signing.signatory,
    verification: as.verification,
    validFrom: count && unit ? as.day : null,
    validUntil: count && unit ? lastDay(as.day, count, unit) : null,
  }
  const content = await fillLetter(ctx, template, withApplicant(details, citizenId), details.values, frame)
  return { content, frame, signing }
}
