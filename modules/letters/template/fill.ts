// A template, people and values → a letter ready to be set. The one way letters are made, for previews and for real ones.
import type { Ctx } from '#kernel/ctx.ts'
import { type FieldProblem, forbidden, invalid, Refusal } from '#kernel/http/refusal.ts'
import type { PaperName } from '../codes.ts'
import { type Sealed } from './catalogue.ts'
import { sealedIn } from './check.ts'
import type { ContentSignature, LetterContent } from './content.ts'
import { CREST } from './crest.ts'
import { longDay } from './date-words.ts'
import { APPLICANT, checkDefinition, type Definition, MAIN } from './definition.ts'
import { blocksOf } from './fill-blocks.ts'
import type { Filling } from './fill-text.ts'
import { fixedValues, signingLines } from './fixed-values.ts'
import type { LetterFrame } from './frame.ts'
import { parseTemplate, textsIn } from './parse.ts'
import { type PersonFacts, readFamily, readPeople } from './people.ts'
import { checkValues, type FormValues, listOf, valueText } from './values.ts'

/** A template as it is kept: the columns of `letters.letter_templates` that make a letter. */
export type Template = {
  readonly code: string
  readonly heading: string
  readonly template: string
  readonly attachment: string | null
  readonly variables: unknown
  readonly subjects: unknown
  readonly paper: PaperName
  readonly letterhead: boolean
  readonly holder_signs: boolean
  readonly district_acknowledges: boolean
  readonly qr: boolean
}

/** A person of a letter: somebody in the register, or somebody from elsewhere as written down. */
export type SubjectInput = { readonly citizenId: string } | { readonly facts: PersonFacts }
export type SubjectInputs = Readonly<Record<string, SubjectInput>>

const WRONG = {
  unknown_subject: { id: 'Surat ini tidak menyebut orang ini.', en: 'This letter does not speak of this person.' },
  required: { id: 'Pilih orangnya.', en: 'Choose the person.' },
  not_from_elsewhere: { id: 'Pilih warga dari daftar penduduk.', en: 'Choose a resident from the register.' },
  not_a_resident: { id: 'Tulis data orang luar; bukan warga dari daftar.', en: 'Write down somebody from elsewhere; not a resident.' },
} as const

/** The people a template speaks of: those it names, and the applicant in any case. */
export const subjectsOf = (d: Definition): Definition['subjects'] =>
  d.subjects.some((s) => s.key === MAIN) ? d.subjects : [APPLICANT, ...d.subjects]

/** Problems by person, named `subjects.…`. */
export function checkSubjects(d: Definition, given: SubjectInputs): FieldProblem[] {
  const asked = subjectsOf(d)
  const problem = (key: string, code: keyof typeof WRONG): FieldProblem => ({
    field: `subjects.${key.slice(0, 40)}`,
    code,
    message: WRONG[code],
  })
  return [
    ...Object.keys(given)
      .filter((key) => !asked.some((s) => s.key === key))
      .map((key) => problem(key, 'unknown_subject')),
    ...asked.flatMap((s) => {
      const one = Object.hasOwn(given, s.key) ? given[s.key] : undefined
      if (!one) return s.required || s.key === MAIN ? [problem(s.key, 'required')] : []
      if ('facts' in one && s.source === 'resident') return [problem(s.key, 'not_from_elsewhere')]
      return 'citizenId' in one && s.source === 'outside' ? [problem(s.key, 'not_a_resident')] : []
    }),
  ]
}

/** Throws 403 naming the permission when the actor may not reveal something the template prints. */
export function mayPrint(
  ctx: Pick<Ctx, 'can'>,
  template: Pick<Template, 'template' | 'attachment' | 'variables' | 'subjects'>,
): ReadonlySet<Sealed> {
  const sealed = sealedIn(template)
  for (const resource of sealed) if (!ctx.can(`${resource}:reveal`)) throw forbidden(`${resource}:reveal`)
  return sealed
}

const usesFamily = (template: Template): boolean =>
  [template.template, template.attachment ?? ''].some((html) =>
    [...textsIn(parseTemplate(html).blocks)].some(({ text }) => /\[klg/i.test(text)),
  )

/**
 * Fills a letter. Reads the people as `ctx` sees them, opens the secrets that the template prints and no others.
 * Throws 422 by field (`subjects.…`, `values.…`), 403 when the actor may not reveal what is printed.
 */
export async function fillLetter(
  ctx: Ctx,
  template: Template,
  subjects: SubjectInputs,
  values: FormValues,
  frame: LetterFrame,
): Promise<LetterContent> {
  const { definition, problems } = checkDefinition(template.variables, template.subjects)
  if (problems.length) throw brokenTemplate()
  const wrong = [...checkSubjects(definition, subjects), ...checkValues(definition, values)]
  if (wrong.length) throw invalid(wrong)
  const opened = mayPrint(ctx, template)
  const wanted = new Map<string, string>()
  for (const [key, one] of Object.entries(subjects)) if ('citizenId' in one) wanted.set(`subjects.${key}`, one.citizenId)
  for (const field of definition.variables)
    if (field.type === 'resident' && valueText(values, field.code)) wanted.set(`values.${field.code}`, valueText(values, field.code))
  const found = await readPeople(ctx, wanted, opened)
  const people = new Map<string, PersonFacts>()
  for (const [key, one] of Object.entries(subjects)) people.set(key, 'facts' in one ? one.facts : (found.get(one.citizenId)?.facts ?? {}))
  for (const field of definition.variables)
    if (field.type === 'resident') people.set(field.code, found.get(valueText(values, field.code))?.facts ?? {})
  const main = subjects[MAIN]
  const familyId = main && 'citizenId' in main ? (found.get(main.citizenId)?.familyId ?? null) : null
  const choosing = definition.variables.filter((field) => field.type === 'members')
  const family = choosing.length || usesFamily(template) ? await readFamily(ctx, familyId, opened) : []
  const lists = new Map<string, readonly PersonFacts[]>([['klg', family.map((one) => one.facts)]])
  for (const field of choosing) {
    const chosen = listOf(values, field.code)
    if (chosen.some((id) => !family.some((one) => one.id === id)))
      throw invalid([
        {
          field: `values.${field.code}`,
          code: 'not_in_family',
          message: { id: 'Pilih dari keluarga pemohon.', en: 'Choose from the applicant’s family.' },
        },
      ])
    lists.set(
      field.code.slice('form_'.length),
      family.filter((one) => chosen.includes(one.id)).map((one) => one.facts),
    )
  }
  return fill(template, definition, { people, lists, values }, frame)
}

const brokenTemplate = (): Refusal =>
  new Refusal(409, 'template_broken', {
    id: 'Templat surat ini perlu diperbaiki dahulu. Buka templatnya untuk melihat apa yang keliru.',
    en: 'This template has to be mended first. Open it to see what is wrong.',
  })

/** People and values that are known already, and what they make of a template: no database, no clock. */
export function fill(
  template: Template,
  definition: Definition,
  given: { readonly people: Filling['people']; readonly lists: Filling['lists']; readonly values: FormValues },
  frame: LetterFrame,
): LetterContent {
  const body = parseTemplate(template.template)
  const attachment = template.attachment ? parseTemplate(template.attachment) : null
  if (body.faults.length || attachment?.faults.length) throw brokenTemplate()
  const filling: Filling = {
    definition,
    fixed: fixedValues(frame, template),
    people: given.people,
    lists: given.lists,
    fields: Object.fromEntries(definition.variables.map((field) => [field.code, valueText(given.values, field.code)])),
    empty: frame.emptyValue,
  }
  const { village, signatory } = frame
  const number = frame.number.toUpperCase()
  const applicant = given.people.get(MAIN)?.['nama'] ?? ''
  return {
    form: 1,
    subject: template.heading,
    author: `${village.title} ${village.name}`,
    paper: template.paper,
    day: frame.day,
    letterhead: template.letterhead ? letterheadOf(frame) : null,
    title: template.heading,
    number,
    blocks: blocksOf(body.blocks, filling),
    placeAndDay: `${village.name}, ${longDay(frame.day) ?? frame.day}`,
    signature: {
      lines: signingLines(frame),
      name: signatory.name || dots,
      under: signatory.staffNumber ? `${signatory.staffNumberLabel} ${signatory.staffNumber}` : null,
    },
    holder: template.holder_signs ? { lines: ['Pemegang Surat'], name: applicant || dots, under: null } : null,
    witness: template.district_acknowledges ? witnessOf(frame) : null,
    qr: template.qr && frame.verification ? { url: frame.verification, words: 'Pindai untuk memeriksa keaslian surat ini' } : null,
    footer: { left: village.code, right: template.code },
    attachment: attachment ? { title: `Lampiran ${template.heading} Nomor ${number}`, blocks: blocksOf(attachment.blocks, filling) } : null,
  }
}

const dots = '.'.repeat(36)

function witnessOf({ village }: LetterFrame): ContentSignature {
  const { title, name, headName } = village.district
  return { lines: ['Mengetahui,', `${title === 'Kecamatan' ? 'Camat' : `Kepala ${title}`} ${name}`], name: headName || dots, under: null }
}

/** Three lines of whose paper it is, and how to reach them. */
function letterheadOf({ village }: LetterFrame): NonNullable<LetterContent['letterhead']> {
  const { district, regency } = village
  const reach = [
    village.phone && `Telepon ${village.phone}`,
    village.email && `Surel ${village.email}`,
    village.website && village.website.replace(/^https?:\/\//, ''),
  ]
  return {
    above: [
      ...(regency.name ? [`Pemerintah ${regency.title} ${regency.name}`] : []),
      ...(district.name ? [`${district.title} ${district.name}`] : []),
    ],
    name: `${village.title} ${village.name}`,
    below: [
      [village.address, village.postalCode && `Kode Pos ${village.postalCode}`].filter(Boolean).join(', '),
      reach.filter(Boolean).join('  ·  '),
    ].filter(Boolean),
    logo: village.logo ?? CREST,
  }
}
