// What the import routes take and say, for the description of the API.
import { z } from 'zod'
import { count, moment, words } from '#kernel/http/says.ts'
import { jobJsonShape } from '#kernel/jobs/rows.ts'

/** The parts of a multipart upload, as `readUpload` reads them. */
export const uploadForm = z.strictObject({
  file: z.string().meta({ format: 'binary', description: 'An .xlsx or .csv file.' }),
  importer: z.string().describe('A name of GET …/importers.'),
})

export const importerShape = z.strictObject({
  name: z.string(),
  resource: z.string(),
  label: words,
  doc: z.string(),
  columns: z.array(
    z.strictObject({ key: z.string(), label: words, aliases: z.array(z.string()).optional(), required: z.boolean().optional() }),
  ),
})

const said = z.strictObject({ code: z.string(), column: z.string().optional(), message: z.string() })

export const importShape = z.strictObject({
  id: z.uuid(),
  importer: z.string(),
  file_name: z.string(),
  status: z.enum(['uploaded', 'checking', 'checked', 'applying', 'applied', 'failed', 'cancelled']),
  sheet: z.strictObject({
    headings: z.array(z.string()),
    rows: count,
    sample: z.array(z.array(z.string())).optional(),
  }),
  mapping: z.record(z.string(), z.int().nullable()),
  counts: z.strictObject({ new: count, unchanged: count, rejected: count, warnings: count }).nullable(),
  totals: z.record(z.string(), count).nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  job: jobJsonShape.nullable(),
  created_at: moment,
  updated_at: moment,
  created_by: z.uuid().nullable(),
  may: z.array(z.enum(['mapping', 'check', 'confirmation', 'cancellation', 'delete', 'report'])),
})

export const underWay = z.strictObject({ job: jobJsonShape.nullable() })

export const verdictsShape = z.strictObject({
  data: z.array(
    z.strictObject({
      row: z.int(),
      title: z.string(),
      outcome: z.enum(['new', 'unchanged', 'rejected']),
      errors: z.array(said),
      warnings: z.array(said),
    }),
  ),
  notes: z.array(said.extend({ rows: z.array(z.int()) })),
  page: z.strictObject({ next: z.string().nullable() }),
})
