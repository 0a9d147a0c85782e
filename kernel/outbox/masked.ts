// An address as somebody other than its owner may see it: enough to tell one from another, not enough to write to it.
import { mask } from '#kernel/secrets/mask.ts'

/** `s••••••@d••••.id` of a mail address, `+628•••••••789` of a number. */
export function maskedAddress(address: string): string {
  const [name = '', domain] = address.split('@')
  if (domain === undefined) return mask(address, [4, 3])
  const [place = '', ...rest] = domain.split('.')
  return `${mask(name, [1, 0])}@${mask(place, [1, 0])}.${rest.join('.')}`
}
