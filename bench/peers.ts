import type { Options, Peer, Scenario } from './options.ts'
import type { Taken } from './measure.ts'
import type { Subject } from './subject.ts'
export async function takePeer(_p: Peer, _o: Options, _s: Subject, _c: readonly Scenario[], _t: (s: string) => void): Promise<Taken> { throw new Error('not yet') }
