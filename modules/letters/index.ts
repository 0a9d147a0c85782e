// Letters of a community office: their templates, and what becomes of them on paper.
import type { Module } from '#kernel/module.ts'
import { templateGuard } from './guards.ts'
import { conversion } from './legacy/index.ts'
import { policy, roles } from './policy.ts'
import { preview, previewPicture } from './preview.ts'
import { resources } from './resources/index.ts'
import { letterSettings } from './settings.ts'
import { starts } from './starts.ts'

export const letters: Module = {
  name: 'letters',
  label: { id: 'Surat', en: 'Letters' },
  doc: 'Letters of a village office: templates with placeholders, set as tagged PDF with letterhead and signature.',
  uses: ['registry'],
  resources,
  queries: [preview, previewPicture, conversion],
  policy,
  roles,
  guards: [templateGuard],
  settings: Object.values(letterSettings),
  starts,
}
