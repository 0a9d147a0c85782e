// How long a community keeps its logs.
import { flag, integer } from '#kernel/resource/field.ts'
import { setting, type SettingFact } from '#kernel/settings/fact.ts'

export const auditRetentionYears = setting({
  name: 'core.audit_retention_years',
  category: 'records',
  field: integer(
    { id: 'Lama menyimpan catatan (tahun)', en: 'Years to keep the logs' },
    {
      min: 1,
      max: 30,
      initial: 7,
      help: {
        id: 'Catatan perubahan dan keamanan yang lebih tua dihapus per bulan; segelnya tetap ada. Bulan dipakai bersama: aturan terpanjang di instalasi ini yang berlaku.',
        en: 'Older months of the change and security logs are dropped; their seals stay. Months are shared: the longest rule of this installation holds.',
      },
    },
  ),
})

export const auditLegalHold = setting({
  name: 'core.audit_legal_hold',
  category: 'records',
  field: flag(
    { id: 'Tahan penghapusan catatan', en: 'Legal hold on the logs' },
    {
      help: {
        id: 'Selama menyala, tidak ada catatan yang dihapus karena umur. Nyalakan bila ada pemeriksaan atau perkara.',
        en: 'While on, no log is dropped because of its age. Switch it on during an audit or a court case.',
      },
    },
  ),
})

export const auditSettings: readonly SettingFact[] = [auditRetentionYears, auditLegalHold]
