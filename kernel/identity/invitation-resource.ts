// Invitations, declared like any resource: whom somebody asked to join, as what, and what became of it.
import { choice, instant, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const invitations = resource('core.invitations', {
  label: { one: { id: 'Undangan', en: 'Invitation' }, many: { id: 'Undangan', en: 'Invitations' } },
  doc: 'An invitation by mail or SMS to become a member with a role. The link in it is not kept here.',
  fields: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100, readonly: true }),
    channel: choice(
      { id: 'Dikirim lewat', en: 'Sent by' },
      { mail: { id: 'Surel', en: 'E-mail' }, sms: { id: 'SMS', en: 'SMS' } },
      { readonly: true },
    ),
    contact: secret(text({ id: 'Alamat', en: 'Address' }, { max: 254, readonly: true }), 'equal', [3, 4]),
    role_id: ref('core.roles', { id: 'Peran', en: 'Role' }, { readonly: true }),
    status: choice(
      { id: 'Status', en: 'Status' },
      {
        pending: { id: 'Menunggu', en: 'Waiting' },
        accepted: { id: 'Diterima', en: 'Accepted' },
        withdrawn: { id: 'Ditarik', en: 'Withdrawn' },
      },
      { initial: 'pending', readonly: true },
    ),
    sent_at: instant({ id: 'Dikirim', en: 'Sent' }, { readonly: true }),
    expires_at: instant({ id: 'Berlaku sampai', en: 'Good until' }, { readonly: true }),
    membership_id: optional(ref('core.memberships', { id: 'Menjadi anggota', en: 'Became' }, { readonly: true })),
  },
  title: ['name'],
  list: ['name', 'contact', 'role_id', 'status', 'expires_at'],
  sort: ['sent_at'],
  filter: ['status', 'role_id'],
  unique: [
    {
      name: 'invitations_contact_key',
      fields: ['contact'],
      where: `status = 'pending'`,
      message: {
        id: 'Alamat ini sudah diundang. Kirim ulang undangannya dari daftar.',
        en: 'This address is invited already. Send that invitation again from the list.',
      },
    },
  ],
  verbs: ['read', 'reveal'],
  hidden: true,
})
