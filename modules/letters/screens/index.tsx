// What letters show beyond the generic screens: the editor of a template with its preview, and templates of the old system.
import { lazy } from 'react'
import type { Screens } from '#web/screens.ts'

const Words = lazy(() => import('./editor/Words.tsx').then((m) => ({ default: m.Words })))
const FormFields = lazy(() => import('./FormFields.tsx').then((m) => ({ default: m.FormFields })))
const Subjects = lazy(() => import('./Subjects.tsx').then((m) => ({ default: m.Subjects })))
const Preview = lazy(() => import('./Preview.tsx').then((m) => ({ default: m.Preview })))
const TemplateTab = lazy(() => import('./Preview.tsx').then((m) => ({ default: m.TemplateTab })))
const Conversion = lazy(() => import('./Conversion.tsx').then((m) => ({ default: m.Conversion })))

const Counter = lazy(() => import('./counter/Counter.tsx').then((m) => ({ default: m.Counter })))
const RequestDesk = lazy(() => import('./RequestDesk.tsx').then((m) => ({ default: m.RequestDesk })))
const PaperTab = lazy(() => import('./PaperTab.tsx').then((m) => ({ default: m.PaperTab })))

const MySignature = lazy(() => import('./signing/MySignature.tsx').then((m) => ({ default: m.MySignature })))

const TEMPLATES = 'letters.letter_templates'

export const screens: Screens = {
  inputs: {
    [`${TEMPLATES}.template`]: Words,
    [`${TEMPLATES}.attachment`]: Words,
    [`${TEMPLATES}.variables`]: FormFields,
    [`${TEMPLATES}.subjects`]: Subjects,
  },
  formAside: { [TEMPLATES]: Preview },
  record: {
    [TEMPLATES]: [{ tab: 'preview', label: { id: 'Surat', en: 'Letter' }, component: TemplateTab, replaces: 'facts' }],
    'letters.letter_requests': [
      { tab: 'desk', label: { id: 'Pengerjaan', en: 'At work' }, component: RequestDesk, permission: 'letters.letter_requests:processing' },
    ],
    'letters.generated_letters': [{ tab: 'paper', label: { id: 'Surat', en: 'Letter' }, component: PaperTab }],
  },
  pages: [
    {
      path: 'counter',
      label: { id: 'Loket surat', en: 'Letter counter' },
      icon: 'print',
      component: Counter,
      permission: 'letters.generated_letters:direct-issue',
    },
    {
      path: 'my-signature',
      label: { id: 'Tanda tangan saya', en: 'My signature' },
      icon: 'edit',
      component: MySignature,
      permission: 'letters.signings:request',
    },
  ],
  listHeader: { [TEMPLATES]: Conversion },
  icons: {
    [TEMPLATES]: 'copy',
    'letters.letter_requests': 'clock',
    'letters.generated_letters': 'book',
    'letters.letter_numbers': 'columns',
    'letters.signings': 'edit',
    'letters.signing_keys': 'key',
    'letters.incoming_mail': 'import',
    'letters.outgoing_mail': 'out',
    'letters.dispositions': 'check',
  },
}
