// What the security log knows to happen, in the order a filter offers it. Their sentences are in web/settings/security/words.ts.

export const SECURITY_KINDS = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'locked_out',
  'password_changed',
  'password_reset_asked',
  'password_reset',
  'code_sent',
  'code_failed',
  'second_factor_on',
  'second_factor_off',
  'second_factor_failed',
  'recovery_code_used',
  'recovery_codes_made',
  'invited',
  'invitation_accepted',
  'member_suspended',
  'member_restored',
  'role_changed',
  'refused',
  'refused_by_rule',
  'pin_set',
  'pin_failed',
  'pin_locked',
  'stepped_up',
  'secret_read',
  'exported',
  'key_made',
  'key_revoked',
  'key_used',
  'key_refused',
  'setting_changed',
  'tenant_suspended',
  'tenant_restored',
  'tenant_deleted',
  'tenant_exported',
  'health_read',
  'document_read',
] as const

export type SecurityKind = (typeof SECURITY_KINDS)[number]

/** Whose log it is when an event belongs to no community: the platform's own. */
export const PLATFORM = '00000000-0000-0000-0000-000000000000'
