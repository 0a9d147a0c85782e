// What is counted when somebody proves who they are, and how many tries are free: guessing gets slow, the real person gets in.
import type { Brake, Counted, Limit } from './brake.ts'
import { networkOf } from './brake.ts'

export { networkOf, tooManyAttempts } from './brake.ts'

const MISTYPED = { first: 30, longest: 900, window: 3_600 }
const DAY = 86_400
/** Guesses at six digits must stay few over months: waits grow to hours and are remembered for a day. */
const GUESSED = { first: 30, longest: 6 * 3_600, window: DAY }

/** One name from one address: somebody mistyping. */
const PAIR: Limit = { free: 5, ...MISTYPED }
/** One name from anywhere: guessing spread over many addresses. High, so that a stranger cannot easily lock a person out. */
const NAME: Limit = { free: 25, ...MISTYPED }
const FACTOR_PAIR: Limit = { free: 5, ...MISTYPED }
const FACTOR_ANYWHERE: Limit = { free: 25, ...GUESSED }
/** Each message costs money and carries five tries at a code: some twelve a day to one phone. */
const SENDING: Limit = { free: 1, ...GUESSED }
/** Mobile networks put thousands of phones behind one address. */
const SENDING_FROM: Limit = { free: 30, ...MISTYPED }

/** `locked`: this try began a lockout, and the person should hear of it. Call `forgive` when the proof was right. */
export type Attempt = { readonly locked: boolean; forgive(): Promise<void> }

export type SignInBrake = {
  /** By name, username or phone. `device`: a browser that signed in under this name before; counted by itself, whatever strangers do. */
  signIn(name: string, address: string | null, device: string | null): Promise<Attempt>
  /** For somebody who is signed in and must prove it again. */
  again(userId: string): Promise<Attempt>
  /** A code of the authenticator app. Recovery codes are too long to guess: only the pair counts for them. */
  secondFactor(userId: string, address: string | null, recovery: boolean): Promise<Attempt>
  /** A message to a phone; answers how long until the next. */
  sending(phone: string, address: string | null): Promise<{ readonly wait: number; forgive(): Promise<void> }>
}

/** `perAddress`: free failures of one address, any name. */
export function signInBrake(brake: Brake, perAddress: number): SignInBrake {
  const address: Limit = { free: perAddress, ...MISTYPED }
  const attempt = (counted: readonly Counted[], keys: readonly string[], caller?: string): Attempt => ({
    locked: counted.some((c) => c.locked),
    async forgive() {
      await brake.forget(keys)
      // Only this attempt is forgiven: an attacker with an account of their own must not wipe the slate.
      if (caller) await brake.takeBack(caller)
    },
  })
  const own = async (key: string, limit: Limit): Promise<Attempt> => attempt([await brake.count(key, limit)], [key])

  return {
    async signIn(name, from, device) {
      if (device) return own(brake.key('device', `${name} ${device}`), PAIR)
      const network = networkOf(from)
      const pair = brake.key('pair', `${name} ${network}`)
      const anywhere = brake.key('name', name)
      const caller = brake.key('address', network)
      const counted = [await brake.count(pair, PAIR)]
      await brake.count(caller, address)
      counted.push(await brake.count(anywhere, NAME))
      return attempt(counted, [pair, anywhere], caller)
    },
    again: (userId) => own(brake.key('pair', `again ${userId}`), PAIR),
    async secondFactor(userId, from, recovery) {
      const pair = brake.key('factor', `${userId} ${networkOf(from)}`)
      const anywhere = brake.key('factor', userId)
      const counted = [await brake.count(pair, FACTOR_PAIR)]
      if (!recovery) counted.push(await brake.count(anywhere, FACTOR_ANYWHERE))
      return attempt(counted, [pair, anywhere])
    },
    async sending(phone, from) {
      await brake.count(brake.key('sending', networkOf(from)), SENDING_FROM)
      const key = brake.key('sms', phone)
      const { wait } = await brake.count(key, SENDING)
      return { wait, forgive: () => brake.forget([key]) }
    },
  }
}
