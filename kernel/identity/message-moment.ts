// When something happened, as its reader would say it: in their language, in the time zone of a community they belong to.
import { communitiesOf } from '#kernel/access/members.ts'
import type { House } from '#kernel/house.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import type { User } from './users.ts'

/** For people who belong nowhere: the capital's. */
const FALLBACK = 'Asia/Jakarta'

/** `21 November 2026 pukul 15.04 WIB`. */
export async function momentOf(house: Pick<House, 'database'>, user: Pick<User, 'id' | 'locale'>, at: Date): Promise<string> {
  const [first] = await communitiesOf(house, user.id)
  const tenant = first ? await tenantById(house, first) : null
  return new Intl.DateTimeFormat(user.locale === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: tenant?.timeZone ?? FALLBACK,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
}
