// Who may do what with letters: the village's own roles gain what they need for them.
import { visibleRows } from '#kernel/access/visible-rows.ts'
import type { ResourcePolicy, RoleTemplate, Visibility } from '#kernel/access/policy.ts'
import { REGISTRAR, roles as villageRoles, VILLAGE_HEAD, VILLAGE_SECRETARY } from '#modules/registry/index.ts'

/** What is about a resident is seen by those who see the resident. */
const ofSeenResidents: Visibility['rows'] = ({ actor, tenant, model }, param) => {
  const seen = visibleRows(model, { actor, tenant }, 'registry.citizens', param)
  if (seen === 'true' || seen === 'false') return seen
  return `t.citizen_id in (select who.id from registry.citizens who
    where who.tenant_id = ${param(tenant.id)} and (${seen.replaceAll(/\bt\./g, 'who.')}))`
}

/** What is about a letter is seen by those who see the letter. */
const ofSeenLetters: Visibility['rows'] = ({ actor, tenant, model }, param) => {
  const seen = visibleRows(model, { actor, tenant }, 'letters.generated_letters', param)
  if (seen === 'true' || seen === 'false') return seen
  return `t.letter_id in (select l.id from letters.generated_letters l
    where l.tenant_id = ${param(tenant.id)} and (${seen.replaceAll(/\bt\./g, 'l.')}))`
}

/** What somebody needs to sign letters electronically; whose letters is decided by their office, not by their role. */
const SIGNS = [
  'letters.signing_keys:read',
  'letters.signing_keys:registration',
  'letters.signing_keys:withdrawal',
  'letters.signings:read',
  'letters.signings:request',
]

export const policy: readonly ResourcePolicy[] = [
  { resource: 'letters.letter_templates', visibility: [] },
  { resource: 'letters.letter_requests', visibility: [], always: ofSeenResidents },
  { resource: 'letters.generated_letters', visibility: [], always: ofSeenResidents },
  { resource: 'letters.letter_numbers', visibility: [] },
  { resource: 'letters.classification_codes', visibility: [] },
  { resource: 'letters.incoming_mail', visibility: [] },
  { resource: 'letters.dispositions', visibility: [] },
  { resource: 'letters.outgoing_mail', visibility: [] },
  { resource: 'letters.signing_keys', visibility: [], sensitive: ['registration', 'withdrawal'] },
  { resource: 'letters.signings', visibility: [], always: ofSeenLetters, sensitive: ['request'] },
]

const gains = (name: string, permissions: readonly string[]): RoleTemplate[] =>
  villageRoles.filter((role) => role.name === name).map((role) => ({ ...role, permissions, visibility: {} }))

const each = (resource: string, nouns: readonly string[]): string[] => nouns.map((noun) => `letters.${resource}:${noun}`)

/** The registers of mail. */
const MAIL = ['letters.incoming_mail:*', ...each('dispositions', ['read', 'completion', 'export']), 'letters.outgoing_mail:*']

export const roles: readonly RoleTemplate[] = [
  ...gains(VILLAGE_SECRETARY, [
    'letters.letter_templates:*',
    'letters.letter_requests:*',
    'letters.letter_numbers:*',
    ...MAIL,
    'letters.classification_codes:*',
    ...SIGNS,
    ...each('generated_letters', [
      'read',
      'delete',
      'export',
      'drafting',
      'correction',
      'direct-issue',
      'issuing',
      'submission',
      'head-submission',
      'verification',
      'clearance',
      'return',
      'wet-signature',
      'revocation',
    ]),
  ]),
  ...gains(REGISTRAR, [
    'letters.letter_templates:read',
    'letters.letter_requests:*',
    'letters.letter_numbers:read',
    ...MAIL,
    'letters.classification_codes:read',
    ...each('generated_letters', [
      'read',
      'delete',
      'export',
      'drafting',
      'correction',
      'direct-issue',
      'issuing',
      'submission',
      'head-submission',
      'wet-signature',
    ]),
  ]),
  ...gains(VILLAGE_HEAD, [
    'letters.letter_templates:read',
    'letters.letter_templates:export',
    'letters.letter_requests:read',
    'letters.letter_numbers:read',
    ...each('incoming_mail', ['read', 'export']),
    ...each('outgoing_mail', ['read', 'export']),
    ...each('dispositions', ['read', 'create', 'update', 'completion', 'export']),
    'letters.classification_codes:read',
    ...SIGNS,
    ...each('generated_letters', ['read', 'export', 'approval', 'return', 'wet-signature', 'revocation']),
  ]),
]
