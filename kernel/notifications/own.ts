// What the kernel itself tells people: that work they left alone is over, that somebody they invited has come, and that a document ends.
import { notificationKind } from './kind.ts'

/** To whoever started it. Work that ends well while they watch needs no bell; an import is what people leave alone. */
export const importApplied = notificationKind({
  name: 'core.import_applied',
  label: { id: 'Impor selesai', en: 'An import is done' },
  doc: { id: 'Berkas yang Anda impor sudah masuk seluruhnya.', en: 'A file you imported is in, all of it.' },
  type: 'success',
  title: { id: 'Impor selesai: {file}', en: 'Imported: {file}' },
  text: { id: 'Semua baris dari {file} yang Anda setujui sudah masuk.', en: 'Every row of {file} that you agreed to is in.' },
  places: { file: { label: { id: 'nama berkas', en: 'name of the file' }, example: { id: 'penduduk.xlsx', en: 'residents.xlsx' } } },
  ways: [],
})

export const workFailed = notificationKind({
  name: 'core.work_failed',
  label: { id: 'Proses saya gagal', en: 'My work failed' },
  doc: { id: 'Proses panjang yang Anda mulai tidak berhasil.', en: 'Long work that you started did not succeed.' },
  type: 'error',
  title: { id: '{work}: gagal', en: '{work}: failed' },
  text: { id: '{reason}', en: '{reason}' },
  places: {
    work: {
      label: { id: 'nama proses', en: 'name of the work' },
      example: { id: 'Mengimpor berkas', en: 'Importing a file' },
    },
    reason: {
      label: { id: 'sebabnya', en: 'why' },
      example: { id: 'Berkas ini sudah berubah sejak diperiksa.', en: 'The file has changed since it was checked.' },
    },
  },
  ways: ['push'],
})

export const invitationAccepted = notificationKind({
  name: 'core.invitation_accepted',
  label: { id: 'Undangan diterima', en: 'An invitation was accepted' },
  doc: { id: 'Orang yang Anda undang sudah bergabung.', en: 'Somebody you invited has joined.' },
  type: 'success',
  title: { id: '{name} sudah bergabung', en: '{name} has joined' },
  text: {
    id: '{name} menerima undangan Anda dan kini bekerja di {community} sebagai {role}.',
    en: '{name} accepted your invitation and now works in {community} as {role}.',
  },
  places: {
    name: { label: { id: 'nama anggota baru', en: 'name of the new member' }, example: { id: 'Tari Anggraini', en: 'Tari Anggraini' } },
    role: { label: { id: 'perannya', en: 'their role' }, example: { id: 'Operator Kependudukan', en: 'Registrar' } },
  },
  ways: ['push'],
})

/** Only the bell by default: a village keeps hundreds of papers, and a mail for each is read by nobody. Whoever wants mail has it gathered. */
export const documentExpiring = notificationKind({
  name: 'core.document_expiring',
  label: { id: 'Dokumen akan kedaluwarsa', en: 'A document expires' },
  doc: {
    id: 'Dokumen yang boleh Anda ubah, atau versinya Anda unggah, akan atau sudah kedaluwarsa.',
    en: 'A document that you may change, or whose version you uploaded, expires soon or has expired.',
  },
  type: 'warning',
  title: { id: '{title}: {when}', en: '{title}: {when}' },
  text: {
    id: 'Hari terakhir berlakunya {date}. Bila sudah diperpanjang, tambahkan versi barunya di halaman dokumen ini.',
    en: 'Its last valid day is {date}. Once it is renewed, add the new version on the document’s page.',
  },
  places: {
    title: { label: { id: 'judul dokumen', en: 'title of the document' }, example: { id: 'Izin usaha', en: 'Business licence' } },
    when: {
      label: { id: 'sisa harinya, atau sejak kapan', en: 'days left, or since when' },
      example: { id: 'berakhir 30 hari lagi', en: 'expires in 30 days' },
    },
    date: { label: { id: 'hari terakhirnya', en: 'its last day' }, example: { id: '31 Desember 2026', en: '31 December 2026' } },
  },
  ways: [],
})

export const coreNotifications = [importApplied, workFailed, invitationAccepted, documentExpiring] as const
