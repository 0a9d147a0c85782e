// Long work: what a kind of job is, and what its run is given.
import type { Ctx } from '#kernel/ctx.ts'
import type { Words } from '#kernel/words.ts'

export type JobRun = {
  /** For reads outside any transaction. */
  readonly ctx: Ctx
  /** Runs `work` in one transaction as the person who started the job; rolled back when it throws. */
  readonly transaction: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** Tells the person who waits how far it is; cheap, call it often. Throws `JobCancelled` when they cancelled. */
  readonly progress: (done: number, total: number, doing: Words) => void
}

export type JobKind<Input = unknown> = {
  /** `module.verb`, unique. */
  readonly name: string
  readonly label: Words
  /** Attempts after the first failure. */
  readonly retries: number
  /** What it returns is kept with the job and shown to whoever started it. Must be safe to run twice. */
  readonly run: (job: JobRun, input: Input) => Promise<unknown>
  /** Where its outcome is seen, inside the community (`imports/0192…`): what telling of its failure opens. */
  readonly place?: (input: Input) => string
  /**
   * Puts in order what a run leaves behind that will not be tried again. Runs as the system, in the very transaction that
   * records the end, also when the job never ran or its worker died.
   */
  readonly abandoned?: (ctx: Ctx, input: Input, how: 'failed' | 'cancelled', error: JobError | null) => Promise<void>
}

/** Why a job failed, kept with it: `code` for programs, `message` for whoever started it. Never personal data. */
export type JobError = { readonly code: string; readonly message: Words; readonly values?: Readonly<Record<string, unknown>> }

/** Thrown by `progress` when the person who started the job has cancelled it. */
export class JobCancelled extends Error {
  override name = 'JobCancelled'
}
