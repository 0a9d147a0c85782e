// Networks as people write them (CIDR, RFC 4632 and RFC 4291): are they right, and is an address inside.
import { BlockList, isIP } from 'node:net'

type Network = { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' }

/** IPv4 written as IPv6 (RFC 4291 §2.5.5.2): `::ffff:10.0.0.1`, also in hex groups. */
const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i

function unmapped(address: string): string {
  const [, dotted, high, low] = MAPPED.exec(address) ?? []
  if (dotted) return dotted
  if (!high || !low) return address
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.')
}

/** `192.168.1.0/24`, `2001:db8::/32`, or one address; null when it is neither. Names of interfaces (`%eth0`) mean nothing elsewhere. */
export function networkFrom(text: string): Network | null {
  const [written = '', bits, ...more] = text.trim().split('/')
  if (more.length || written.includes('%') || !isIP(written) || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null
  const address = unmapped(written)
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
  const most = family === 'ipv4' ? 32 : 128
  // The prefix of a mapped network counts the 96 bits before the IPv4 address.
  const prefix = bits === undefined ? most : Number(bits) - (address === written ? 0 : 96)
  return prefix >= 0 && prefix <= most ? { address, prefix, family } : null
}

/** A test of addresses against networks that were checked before. An unknown address is in none. */
export function insideOf(networks: readonly string[]): (address: string | null) => boolean {
  const list = new BlockList()
  for (const text of networks) {
    const network = networkFrom(text)
    if (network) list.addSubnet(network.address, network.prefix, network.family)
  }
  return (given) => {
    const address = unmapped((given ?? '').split('%')[0] ?? '')
    const kind = isIP(address)
    return kind !== 0 && list.check(address, kind === 4 ? 'ipv4' : 'ipv6')
  }
}
