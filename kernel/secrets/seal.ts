// The shape of a tenant's seal: what can be done with personal values, without saying how.

/** `field` is always the full name, `registry.citizens.nik`: it is bound into the ciphertext and the index. */
export interface Seal {
  /** Encrypts (AES-256-GCM). The same value sealed twice differs. */
  seal(plain: string, field: string): Buffer
  /** Decrypts; throws `SealError` when the bytes were altered, moved to another field or tenant, or the key is gone. */
  open(sealed: Buffer, field: string): string
  /** Blind index for equality: 16 bytes, equal for values that are equal after normalising. */
  blind(plain: string, field: string): Buffer
  /** Blind index of every word of the value, without repeats. */
  blindWords(plain: string, field: string): Buffer[]
}
