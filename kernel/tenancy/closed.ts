// What people are told when their community is not open: suspended by the operator, or about to be deleted.
import type { Tenant } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'

/** 403 `community_suspended` or `community_deleting`; for members only, others do not learn that the community exists. */
export const closed = (tenant: Tenant): Refusal =>
  tenant.status === 'deleting'
    ? new Refusal(403, 'community_deleting', {
        id: 'Komunitas ini sedang dihapus. Hubungi pengelola Balai bila ini keliru: penghapusan masih dapat dibatalkan.',
        en: 'This community is being deleted. Tell the operator of Balai if that is a mistake: it can still be called back.',
      })
    : new Refusal(403, 'community_suspended', {
        id: 'Komunitas ini sedang ditangguhkan. Data tetap tersimpan; hubungi pengelola Balai untuk membukanya kembali.',
        en: 'This community is suspended. Its data is kept; ask the operator of Balai to open it again.',
      })
