// A community's keys locked with a passphrase, made at once when an archive is asked for: the passphrase itself is nowhere kept.
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { type LockedKey, relockKey } from '#kernel/secrets/keyring.ts'
import type { Relocked } from './export.ts'
import { newSalt, passphraseKey } from './passphrase.ts'

/** Throws 422 when the passphrase is too short, `KeyError` when this installation cannot open the keys itself. */
export async function lockedKeysOf(house: Pick<House, 'database' | 'master'>, tenantId: string, passphrase: string): Promise<Relocked> {
  const salt = newSalt()
  const key = await passphraseKey(passphrase, salt)
  const { rows } = await scopedDb(house.database.owner, tenantId).query<LockedKey>(
    'select version, wrapped, master_key_id from core.tenant_keys where tenant_id = $1 order by version',
    [tenantId],
  )
  const keys = rows.map((row) => relockKey(row, house.master, key, tenantId))
  return {
    salt: salt.toString('base64'),
    keys: keys.map((k) => ({ version: k.version, wrapped: k.wrapped.toString('hex'), master_key_id: k.master_key_id })),
  }
}
