// Letters of a community office: their templates, and what becomes of them on paper.
import type { JobKind } from '#kernel/jobs/job.ts'
import type { Module } from '#kernel/module.ts'
import { demo } from './demo.ts'
import { draftGuard, patternGuard, templateGuard } from './guards.ts'
import { home } from './home.ts'
import { conversion } from './legacy/index.ts'
import { continuation, voiding } from './numbers/actions.ts'
import { policy, roles } from './policy.ts'
import { preview, previewPicture } from './preview.ts'
import { correction, directIssue, drafting } from './process/drafts.ts'
import { letterWorkflow } from './process/letters.ts'
import { draftPicture, letterDesk, paper, paperPicture, requestDesk } from './process/queries.ts'
import { filing, requestWorkflow } from './process/requests.ts'
import { processSettings } from './process/settings.ts'
import { completion, dispatch, receipt } from './registers/actions.ts'
import { firstCodes } from './registers/first-codes.ts'
import { resources } from './resources/index.ts'
import { signLetters } from './signing/job.ts'
import { registration, withdrawal } from './signing/keys.ts'
import { signingDesk } from './signing/desk.ts'
import { signingRequest } from './signing/request.ts'
import { signedPaper } from './signing/signed-paper.ts'
import { letterSettings } from './settings.ts'
import { starts } from './starts.ts'

export { type FileIs, type Standing, type Verified, verifyLetter } from './verification/verify.ts'

export const letters: Module = {
  name: 'letters',
  label: { id: 'Surat', en: 'Letters' },
  doc: 'Letters of a village office: requests, templates with placeholders, numbers, and letters as tagged PDF with letterhead and signature.',
  uses: ['registry', 'office'],
  resources,
  actions: [
    filing,
    drafting,
    directIssue,
    correction,
    voiding,
    continuation,
    receipt,
    dispatch,
    completion,
    registration,
    withdrawal,
    signingRequest,
  ],
  workflows: [requestWorkflow, letterWorkflow],
  queries: [preview, previewPicture, conversion, draftPicture, paper, paperPicture, requestDesk, letterDesk, signingDesk, signedPaper],
  policy,
  roles,
  guards: [templateGuard, patternGuard, draftGuard],
  settings: [...Object.values(letterSettings), ...Object.values(processSettings)],
  home,
  jobs: [signLetters as JobKind<never>],
  demo,
  starts: async (db, tenantId) => {
    await starts(db, tenantId)
    await firstCodes(db, tenantId)
  },
}
