// The proof that somebody has just said their PIN: kept in memory for its few minutes, asked for when an operation needs it.

export type Why = 'pin_required' | 'pin_not_set'
/** The header that carries the proof. */
export const STEP_UP = 'balai-step-up'

type Ask = (community: string, why: Why) => Promise<boolean>
let ask: Ask = async () => false
/** Who asks the person; see parts/PinDoor.tsx. Answers whether a proof was got. */
export const onPinWanted = (how: Ask): void => {
  ask = how
}

const proofs = new Map<string, { token: string; until: number }>()

export const keepProof = (community: string, token: string, expiresAt: string): void =>
  void proofs.set(community, { token, until: Date.parse(expiresAt) })

const communityOf = (path: string): string | undefined => /^\/api\/([^/]+)\//.exec(path)?.[1]

/** The proof for a request, while there is one. */
export function proofFor(path: string): string | undefined {
  const kept = proofs.get(communityOf(path) ?? '')
  return kept && kept.until > Date.now() + 2_000 ? kept.token : undefined
}

const asking = new Map<string, Promise<boolean>>()

/** Gets a proof from the person, once for everything that waits for it. False when they would rather not. */
export function wantProof(path: string, why: Why): Promise<boolean> {
  const community = communityOf(path)
  if (!community) return Promise.resolve(false)
  proofs.delete(community)
  let pending = asking.get(community)
  if (!pending) asking.set(community, (pending = ask(community, why).finally(() => asking.delete(community))))
  return pending
}
