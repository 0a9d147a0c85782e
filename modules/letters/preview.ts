// What a template would look like, as somebody writes it: a PDF about a person who does not exist.
import type { Ctx } from '#kernel/ctx.ts'
import { query } from '#kernel/resource/query.ts'
import { optional } from '#kernel/resource/field.ts'
import { refuseBroken } from './guards.ts'
import { letterTemplates } from './resources/index.ts'
import {
  checkDefinition,
  fill,
  frameOf,
  type LetterContent,
  type LetterFrame,
  letterPdf,
  letterPicture,
  type Template,
} from './template/index.ts'
import { sampleFor } from './template/sample.ts'

const { template, attachment, variables, subjects, heading, code, paper, letterhead, holder_signs, district_acknowledges, qr } =
  letterTemplates.fields
// Half-written templates have previews too: only the words are needed.
const input = {
  template,
  attachment,
  variables,
  subjects,
  heading: optional(heading),
  code: optional(code),
  paper,
  letterhead,
  holder_signs,
  district_acknowledges,
  qr,
}
type Input = Pick<
  Template,
  'template' | 'attachment' | 'variables' | 'subjects' | 'paper' | 'letterhead' | 'holder_signs' | 'district_acknowledges' | 'qr'
> & {
  heading: string | null
  code: string | null
}

async function sampleFrame(ctx: Ctx): Promise<LetterFrame> {
  const frame = await frameOf(ctx, { day: ctx.today, number: `…/${ctx.today.slice(0, 4)}` })
  const inAMonth = new Date(Date.parse(ctx.today) + 30 * 86_400_000).toISOString().slice(0, 10)
  return { ...frame, validFrom: ctx.today, validUntil: inAMonth, verification: `${ctx.baseUrl}/v/contoh` }
}

async function sample(ctx: Ctx, asked: Input): Promise<LetterContent> {
  refuseBroken(ctx, asked)
  const { definition } = checkDefinition(asked.variables, asked.subjects)
  const letter = { ...asked, heading: asked.heading ?? 'Judul surat', code: asked.code ?? '' }
  return fill(letter, definition, sampleFor(definition), await sampleFrame(ctx))
}

const shared = { permission: 'letters.letter_templates:read', by: 'POST', input } as const

export const preview = query<Input>({
  ...shared,
  name: 'letters.preview',
  label: { id: 'Pratinjau surat', en: 'Preview of a letter' },
  doc: 'A template as a PDF, filled with an invented person; the template need not be saved. Answers 422 with line and column where it is wrong.',
  file: { mime: 'application/pdf', name: 'pratinjau.pdf' },
  run: async (ctx, asked) => letterPdf(await sample(ctx, asked), { at: new Date(`${ctx.today}T00:00:00Z`) }),
})

export const previewPicture = query<Input>({
  ...shared,
  name: 'letters.preview_picture',
  label: { id: 'Gambar pratinjau surat', en: 'Picture of a letter' },
  doc: 'The same preview as a picture, pages under each other, for looking at while the template is written.',
  file: { mime: 'image/svg+xml', name: 'pratinjau.svg' },
  run: async (ctx, asked) => letterPicture(await sample(ctx, asked)),
})
