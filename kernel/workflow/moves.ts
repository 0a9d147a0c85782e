// Moves → actions, and making a move from a module's own code: the same steps, whoever asks.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Action, Stored } from '#kernel/resource/action.ts'
import { findRow, updateRow } from '#kernel/resource/store.ts'
import { checkInput } from '#kernel/resource/to-schema.ts'
import { say } from '#kernel/words.ts'
import { planClock } from './plan.ts'
import { lastChange } from './status-history.ts'
import { allows, type Move, stateLabel, type Workflow } from './workflow.ts'

/** The actions that a workflow's moves are: permission, button, endpoint and description follow from them. */
export const toMoves = (w: Workflow): Action<never>[] =>
  w.moves.map((move): Action<never> => {
    const { noun, label, doc, input, refine, grave } = move
    return {
      resource: w.resource.name,
      noun,
      label,
      doc,
      on: 'one',
      input: input ?? {},
      ...(refine ? { refine } : {}),
      ...(grave ? { grave } : {}),
      when: (row) => allows(w, move, row),
      notNow: (ctx, row) => movedOn(ctx, w, row),
      run: async (ctx, row, values) => carryOut(ctx, w, move, row, values),
    }
  })

/**
 * Makes a move of a row by id, as the actor: locked, checked, written down, told. For functions of a module; permission is the caller's
 * affair. Throws 404, 409 `moved_on` when the row is in no state for it, 422 when the input is wrong.
 */
export async function makeMove(
  ctx: Ctx,
  w: Workflow,
  id: string,
  noun: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const move = w.moves.find((m) => m.noun === noun)
  if (!move) throw new Error(`${w.resource.name} has no move ${noun}.`)
  const { values, problems } = checkInput(move.input ?? {}, input, 'create', ctx.today)
  if (problems.length) throw invalid(problems)
  const row = await findRow(ctx, w.resource, id, { lock: true })
  if (!allows(w, move, row)) throw await movedOn(ctx, w, row)
  await carryOut(ctx, w, move, row, values as never)
}

/** Does what a move does. The row is locked and allows it. */
export async function carryOut(ctx: Ctx, w: Workflow, move: Move, row: Stored, input: never): Promise<void> {
  const { resource: r, field } = w
  const note = move.note === undefined ? null : ((input as Record<string, unknown>)[move.note] ?? null)
  const changes = await move.run?.(ctx, row, input)
  // Said last, right before the change it is about: the module's own work may have made moves of its own.
  await ctx.db.query('select core.announce_move($1, $2, $3)', [row.id, move.noun, note])
  await updateRow(ctx, r, row.id, { ...changes, [field]: move.to })
  await ctx.emit(`${r.name}.${move.noun}`, r.name, row.id, { from: row[field], to: move.to })
  await planClock(ctx, w, row.id)
}

const NOT_NOW = {
  id: 'Ini tidak dapat dilakukan pada keadaan data sekarang. Muat ulang untuk melihat yang mungkin.',
  en: 'This cannot be done in the record’s present state. Reload to see what can.',
}

/** Why a move cannot be made: what became of the record meanwhile, and by whom. */
export async function movedOn(ctx: Ctx, w: Workflow, row: Stored): Promise<Refusal> {
  const last = await lastChange(ctx, w.resource.name, row.id)
  const state = String(row[w.field])
  if (!last?.from) return new Refusal(409, 'moved_on', NOT_NOW, [], { more: { state } })
  const word = say(stateLabel(w, state), ctx.locale)
  return new Refusal(
    409,
    'moved_on',
    last.by
      ? {
          id: '{who} sudah mengubahnya menjadi “{word}”, jadi ini tidak dapat dilakukan lagi. Muat ulang untuk melihat yang mungkin.',
          en: '{who} has changed this to “{word}”, so this cannot be done any more. Reload to see what can.',
        }
      : {
          id: 'Ini sudah menjadi “{word}” dengan sendirinya. Muat ulang untuk melihat yang mungkin.',
          en: 'This has become “{word}” by itself. Reload to see what can be done.',
        },
    [],
    { more: { state, word, who: last.by?.name ?? null, at: last.at, move: last.move } },
  )
}
