// What happened to a record, in words a person would use.
import type { Words } from '#kernel/words.ts'
import type { ResourceFacts } from '../model.ts'

const DID: Readonly<Record<string, Words>> = {
  created: { id: 'menambahkan', en: 'added' },
  changed: { id: 'mengubah', en: 'changed' },
  deleted: { id: 'menghapus', en: 'deleted' },
  restored: { id: 'memulihkan', en: 'restored' },
  revealed: { id: 'membuka nomor pribadi', en: 'revealed a personal number' },
  disclosed: { id: 'membuka nomor pribadi', en: 'revealed a personal number' },
  exported: { id: 'mengekspor', en: 'exported' },
  imported: { id: 'mengimpor', en: 'imported' },
}

const WAS: Readonly<Record<string, Words>> = {
  created: { id: 'Ditambahkan', en: 'Added' },
  changed: { id: 'Diubah', en: 'Changed' },
  deleted: { id: 'Dihapus', en: 'Deleted' },
  restored: { id: 'Dipulihkan', en: 'Restored' },
  revealed: { id: 'Nomor pribadi dibuka', en: 'Personal number revealed' },
  disclosed: { id: 'Nomor pribadi dibuka', en: 'Personal number revealed' },
}

/** "Andi *mengubah*": the verb of a history sentence; an action says its own name. */
export const did = (action: string): Words | undefined => DID[action]

/** "Diubah": what happened, without saying who. */
export const happened = (action: string, resource: ResourceFacts | undefined): Words =>
  WAS[action] ?? resource?.actions.find((one) => one.noun === action)?.label ?? { id: action, en: action }
