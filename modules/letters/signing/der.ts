// The little of DER (ITU-T X.690) that a signature is written in: enough to build one and to take a certificate apart.

/** One element: its tag, then its length, then what is in it. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const inside = Buffer.concat(parts)
  if (inside.length < 0x80) return Buffer.concat([Buffer.of(tag, inside.length), inside])
  const length = inside.length.toString(16)
  const bytes = Buffer.from(length.padStart(length.length + (length.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | bytes.length), bytes, inside])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts)
export const octets = (bytes: Uint8Array): Buffer => tlv(0x04, bytes)
export const NULL = tlv(0x05)

/** A set in the order that DER asks for (§11.6): without it a signature over attributes cannot be checked. */
export const setOf = (...parts: readonly Uint8Array[]): Buffer => tlv(0x31, ...parts.toSorted((a, b) => Buffer.compare(a, b)))

/** A small whole number, 0 to 127. */
export const small = (value: number): Buffer => tlv(0x02, Buffer.of(value))

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return tlv(0x06, Buffer.from(bytes))
}

export type Element = { readonly tag: number; readonly whole: Buffer; readonly inside: Buffer }

/** The element at the start of `bytes`. Throws RangeError when they are cut off. */
export function element(bytes: Buffer): Element {
  const first = bytes.readUInt8(1)
  const more = first < 0x80 ? 0 : first & 0x7f
  const start = 2 + more
  const length = more === 0 ? first : bytes.readUIntBE(2, more)
  if (start + length > bytes.length) throw new RangeError('A DER element is cut off.')
  return { tag: bytes.readUInt8(0), whole: bytes.subarray(0, start + length), inside: bytes.subarray(start, start + length) }
}

/** What is inside a sequence or set, one after the other. */
export function elements(inside: Buffer): Element[] {
  const found: Element[] = []
  for (let at = 0; at < inside.length; ) {
    const next = element(inside.subarray(at))
    found.push(next)
    at += next.whole.length
  }
  return found
}
