// What every part of the worker shares.
import type { House } from '#kernel/house.ts'
import type { JobKind } from './job.ts'
import type { Live } from './live.ts'
import type { Queue } from './queue.ts'

export type Shop = {
  readonly house: () => House
  readonly kinds: ReadonlyMap<string, JobKind<never>>
  readonly queue: Queue
  readonly live: Live
  /** Names this process in words to others. */
  readonly process: string
  readonly stopping: () => boolean
}
