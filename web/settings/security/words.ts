// Security events as a person would tell them, and the five groups in which a chart can show them.
import type { SecurityKind } from '#kernel/security-log/kinds.ts'
import type { Words } from '#kernel/words.ts'

type Told = { readonly label: Words /** `{who}` is a name, or "Somebody". */; readonly said: Words }

export type Group = 'coming' | 'failed' | 'refused' | 'taken' | 'changed'
export const GROUPS: readonly { readonly name: Group; readonly label: Words; readonly kinds: readonly SecurityKind[] }[] = [
  {
    name: 'coming',
    label: { id: 'Masuk dan keluar', en: 'Coming and going' },
    kinds: ['signed_in', 'signed_out', 'session_ended', 'code_sent', 'recovery_code_used', 'stepped_up', 'invitation_accepted', 'key_used'],
  },
  {
    name: 'failed',
    label: { id: 'Gagal dan terkunci', en: 'Failed and locked' },
    kinds: ['sign_in_failed', 'locked_out', 'code_failed', 'second_factor_failed', 'pin_failed', 'pin_locked', 'key_refused'],
  },
  { name: 'refused', label: { id: 'Ditolak', en: 'Refused' }, kinds: ['refused', 'refused_by_rule'] },
  {
    name: 'taken',
    label: { id: 'Rahasia dibuka dan data diambil', en: 'Secrets read and data taken' },
    kinds: ['secret_read', 'health_read', 'document_read', 'exported', 'tenant_exported'],
  },
  {
    name: 'changed',
    label: { id: 'Akses diubah', en: 'Access changed' },
    kinds: [
      'password_changed',
      'password_reset_asked',
      'password_reset',
      'second_factor_on',
      'second_factor_off',
      'recovery_codes_made',
      'pin_set',
      'invited',
      'member_suspended',
      'member_restored',
      'role_changed',
      'key_made',
      'key_revoked',
      'setting_changed',
      'tenant_suspended',
      'tenant_restored',
      'tenant_deleted',
    ],
  },
]

export const groupOf = (kind: string): Group => GROUPS.find((g) => (g.kinds as readonly string[]).includes(kind))?.name ?? 'changed'

export const TOLD: Readonly<Record<SecurityKind, Told>> = {
  signed_in: { label: { id: 'Masuk', en: 'Signed in' }, said: { id: '{who} masuk', en: '{who} signed in' } },
  sign_in_failed: { label: { id: 'Gagal masuk', en: 'Sign-in failed' }, said: { id: '{who} gagal masuk', en: '{who} failed to sign in' } },
  signed_out: { label: { id: 'Keluar', en: 'Signed out' }, said: { id: '{who} keluar', en: '{who} signed out' } },
  session_ended: {
    label: { id: 'Sesi diakhiri', en: 'Session ended' },
    said: { id: '{who} mengakhiri sebuah sesi', en: '{who} ended a session' },
  },
  locked_out: {
    label: { id: 'Terkunci', en: 'Locked out' },
    said: { id: '{who} terkunci karena terlalu banyak mencoba', en: '{who} was locked out after too many tries' },
  },
  password_changed: {
    label: { id: 'Kata sandi diganti', en: 'Password changed' },
    said: { id: '{who} mengganti kata sandi', en: '{who} changed the password' },
  },
  password_reset_asked: {
    label: { id: 'Minta kata sandi baru', en: 'Password reset asked' },
    said: { id: '{who} meminta tautan untuk kata sandi baru', en: '{who} asked for a link to set a new password' },
  },
  password_reset: {
    label: { id: 'Kata sandi dibuat ulang', en: 'Password reset' },
    said: { id: '{who} membuat kata sandi baru lewat tautan', en: '{who} set a new password by link' },
  },
  code_sent: { label: { id: 'Kode dikirim', en: 'Code sent' }, said: { id: 'Kode dikirim kepada {who}', en: 'A code was sent to {who}' } },
  code_failed: {
    label: { id: 'Kode salah', en: 'Wrong code' },
    said: { id: '{who} memasukkan kode yang salah', en: '{who} entered a wrong code' },
  },
  second_factor_on: {
    label: { id: 'Langkah kedua dinyalakan', en: 'Second step on' },
    said: { id: '{who} menyalakan langkah kedua', en: '{who} switched the second step on' },
  },
  second_factor_off: {
    label: { id: 'Langkah kedua dimatikan', en: 'Second step off' },
    said: { id: '{who} mematikan langkah kedua', en: '{who} switched the second step off' },
  },
  second_factor_failed: {
    label: { id: 'Langkah kedua gagal', en: 'Second step failed' },
    said: { id: '{who} gagal pada langkah kedua', en: '{who} failed the second step' },
  },
  recovery_code_used: {
    label: { id: 'Kode cadangan dipakai', en: 'Recovery code used' },
    said: { id: '{who} masuk dengan kode cadangan', en: '{who} came in with a recovery code' },
  },
  recovery_codes_made: {
    label: { id: 'Kode cadangan dibuat', en: 'Recovery codes made' },
    said: { id: '{who} membuat kode cadangan baru', en: '{who} made new recovery codes' },
  },
  invited: { label: { id: 'Undangan', en: 'Invitation' }, said: { id: '{who} mengundang seseorang', en: '{who} invited somebody' } },
  invitation_accepted: {
    label: { id: 'Undangan diterima', en: 'Invitation accepted' },
    said: { id: '{who} menerima undangan', en: '{who} accepted an invitation' },
  },
  member_suspended: {
    label: { id: 'Anggota dihentikan', en: 'Member suspended' },
    said: { id: '{who} menghentikan seorang anggota', en: '{who} suspended a member' },
  },
  member_restored: {
    label: { id: 'Anggota dipulihkan', en: 'Member restored' },
    said: { id: '{who} memulihkan seorang anggota', en: '{who} restored a member' },
  },
  role_changed: {
    label: { id: 'Peran atau izin diubah', en: 'Role or permissions changed' },
    said: { id: '{who} mengubah peran atau izin', en: '{who} changed a role or its permissions' },
  },
  refused: {
    label: { id: 'Ditolak: tanpa izin', en: 'Refused: no permission' },
    said: { id: '{who} ditolak: perannya tidak mengizinkan', en: '{who} was refused: the role does not allow it' },
  },
  refused_by_rule: {
    label: { id: 'Ditolak: aturan akses', en: 'Refused: access rule' },
    said: { id: '{who} ditolak oleh aturan jam atau jaringan', en: '{who} was refused by a rule on hours or networks' },
  },
  pin_set: { label: { id: 'PIN dibuat', en: 'PIN set' }, said: { id: '{who} membuat PIN', en: '{who} set a PIN' } },
  pin_failed: {
    label: { id: 'PIN salah', en: 'Wrong PIN' },
    said: { id: '{who} memasukkan PIN yang salah', en: '{who} entered a wrong PIN' },
  },
  pin_locked: { label: { id: 'PIN terkunci', en: 'PIN locked' }, said: { id: 'PIN {who} terkunci', en: 'The PIN of {who} was locked' } },
  stepped_up: {
    label: { id: 'PIN benar', en: 'PIN given' },
    said: { id: '{who} memberi PIN untuk tindakan penting', en: '{who} gave the PIN for a sensitive act' },
  },
  secret_read: {
    label: { id: 'Data rahasia dibuka', en: 'Secret read' },
    said: { id: '{who} membuka data rahasia', en: '{who} revealed secret data' },
  },
  exported: { label: { id: 'Ekspor', en: 'Export' }, said: { id: '{who} mengekspor', en: '{who} exported' } },
  key_made: { label: { id: 'Kunci API dibuat', en: 'API key made' }, said: { id: '{who} membuat kunci API', en: '{who} made an API key' } },
  key_revoked: {
    label: { id: 'Kunci API dicabut', en: 'API key revoked' },
    said: { id: '{who} mencabut kunci API', en: '{who} revoked an API key' },
  },
  key_used: {
    label: { id: 'Kunci API dipakai', en: 'API key used' },
    said: { id: 'Kunci API {who} dipakai', en: 'The API key {who} was used' },
  },
  key_refused: {
    label: { id: 'Kunci API ditolak', en: 'API key refused' },
    said: { id: 'Kunci API {who} ditolak', en: 'The API key {who} was refused' },
  },
  setting_changed: {
    label: { id: 'Konfigurasi diubah', en: 'Setting changed' },
    said: { id: '{who} mengubah konfigurasi', en: '{who} changed a setting' },
  },
  tenant_suspended: {
    label: { id: 'Komunitas ditutup', en: 'Community suspended' },
    said: { id: '{who} menutup komunitas ini', en: '{who} suspended this community' },
  },
  tenant_restored: {
    label: { id: 'Komunitas dibuka lagi', en: 'Community restored' },
    said: { id: '{who} membuka komunitas ini lagi', en: '{who} opened this community again' },
  },
  tenant_deleted: {
    label: { id: 'Komunitas dihapus', en: 'Community deleted' },
    said: { id: '{who} menghapus sebuah komunitas', en: '{who} deleted a community' },
  },
  tenant_exported: {
    label: { id: 'Komunitas diekspor', en: 'Community exported' },
    said: { id: '{who} mengekspor seluruh komunitas', en: '{who} exported the whole community' },
  },
  health_read: {
    label: { id: 'Data kesehatan dibaca', en: 'Health data read' },
    said: { id: '{who} membaca data kesehatan', en: '{who} read health data' },
  },
  document_read: {
    label: { id: 'Dokumen pribadi dibuka', en: 'Personal document opened' },
    said: { id: '{who} membuka dokumen pribadi', en: '{who} opened a personal document' },
  },
}

export const toldOf = (kind: string): Told =>
  TOLD[kind as SecurityKind] ?? { label: { id: kind, en: kind }, said: { id: `{who}: ${kind}`, en: `{who}: ${kind}` } }
