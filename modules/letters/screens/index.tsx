// What letters show beyond the generic screens: the editor of a template with its preview, and templates of the old system.
import { lazy } from 'react'
import type { Screens } from '#web/screens.ts'

const Words = lazy(() => import('./editor/Words.tsx').then((m) => ({ default: m.Words })))
const FormFields = lazy(() => import('./FormFields.tsx').then((m) => ({ default: m.FormFields })))
const Subjects = lazy(() => import('./Subjects.tsx').then((m) => ({ default: m.Subjects })))
const Preview = lazy(() => import('./Preview.tsx').then((m) => ({ default: m.Preview })))
const TemplateTab = lazy(() => import('./Preview.tsx').then((m) => ({ default: m.TemplateTab })))
const Conversion = lazy(() => import('./Conversion.tsx').then((m) => ({ default: m.Conversion })))

const TEMPLATES = 'letters.letter_templates'

export const screens: Screens = {
  inputs: {
    [`${TEMPLATES}.template`]: Words,
    [`${TEMPLATES}.attachment`]: Words,
    [`${TEMPLATES}.variables`]: FormFields,
    [`${TEMPLATES}.subjects`]: Subjects,
  },
  formAside: { [TEMPLATES]: Preview },
  record: { [TEMPLATES]: [{ tab: 'preview', label: { id: 'Surat', en: 'Letter' }, component: TemplateTab, replaces: 'facts' }] },
  listHeader: { [TEMPLATES]: Conversion },
  icons: { [TEMPLATES]: 'copy' },
}
