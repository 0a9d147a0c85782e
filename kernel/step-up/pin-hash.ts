// How PINs are kept: argon2id (RFC 9106) with a pepper. A million PINs are tried in hours from a stolen table alone; without the master
// key, which is not in the database, not one. The hash is bound to its member, so that it is worth nothing in another row.
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import { argon2, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const FORM = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2}),keyid=([0-9a-f]{16})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
const pepper = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'balai pin pepper', 32))

export type PinOwner = { readonly tenantId: string; readonly membershipId: string }

const hashed = (pin: string, owner: PinOwner, key: Buffer, nonce: Buffer, cost: typeof COST): Promise<Buffer> =>
  derive('argon2id', {
    message: Buffer.from(pin, 'utf8'),
    nonce,
    tagLength: 32,
    ...cost,
    secret: pepper(key),
    associatedData: Buffer.from(`${owner.tenantId} ${owner.membershipId}`, 'utf8'),
  })

/** A new hash in the PHC string format; `keyid` names the master key whose pepper is in it. */
export async function hashPin(master: MasterKey, owner: PinOwner, pin: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await hashed(pin, owner, master.key, salt, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism},keyid=${master.id}$${bare(salt)}$${bare(tag)}`
}

/** Whether this PIN made the hash; `lost` when its master key is no longer known: then no PIN can be checked, and a new one is due. */
export async function verifyPin(master: MasterKey, owner: PinOwner, hash: string, pin: string): Promise<'right' | 'wrong' | 'lost'> {
  const [, m, t, p, keyId, salt, tag] = FORM.exec(hash) ?? []
  const key = keyId && master.known.get(keyId)
  if (!key || !salt || !tag) return 'lost'
  const cost = { memory: Number(m), passes: Number(t), parallelism: Number(p) }
  const got = await hashed(pin, owner, key, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(got, Buffer.from(tag, 'base64')) ? 'right' : 'wrong'
}

/** Whether a hash should be made anew: another master key is current, or the cost was raised. */
export const isOld = (master: MasterKey, hash: string): boolean =>
  !hash.includes(`$m=${COST.memory},t=${COST.passes},p=${COST.parallelism},keyid=${master.id}$`)
