// A person's own notifications in the database: listed, counted, read, and forgotten in time.
import type { Ctx } from '#kernel/ctx.ts'
import type { Model } from '#kernel/resource/model.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say, type Words } from '#kernel/words.ts'
import type { NotificationType } from './kind.ts'
import { type Content, SEALED_AS } from './notice.ts'
import { placeOf } from './places.ts'
import { visibleNotices } from './visible.ts'

type Row = {
  id: string
  kind: string
  type: NotificationType
  content: Buffer
  resource: string | null
  resource_id: string | null
  link: string | null
  is_read: boolean
  read_at: Date | null
  silent: boolean
  created_at: Date
}

/** A notification as the API answers it. `to`: a place inside the community. */
export type Shown = Omit<Row, 'content' | 'link' | 'silent'> & {
  readonly title: string
  readonly message: string
  readonly data: Readonly<Record<string, string | number | Words>>
  readonly to: string
}

/** Newest first; `before`: only older than that one. One more than `limit` means that there are more. */
export async function listNotices(
  ctx: Ctx,
  model: Model,
  asked: { readonly unread: boolean; readonly before: string | null; readonly limit: number },
): Promise<Shown[]> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<Row>(
    `select n.id, n.kind, n.type, n.content, n.resource, n.resource_id, n.link, n.is_read, n.read_at, n.silent, n.created_at
       from core.notifications n
      where n.tenant_id = $1 and n.user_id = ${param(ctx.actor.userId)} and n.content is not null
        and ${asked.unread ? 'not n.is_read' : 'true'} and ${asked.before ? `n.id < ${param(asked.before)}` : 'true'}
        and ${await visibleNotices(ctx, model, param)}
      order by n.id desc limit ${param(asked.limit)}`,
    values,
  )
  return rows.map(({ content: sealed, link, silent: _silent, ...row }) => {
    const content = JSON.parse(ctx.seal.open(sealed, SEALED_AS)) as Content
    return {
      ...row,
      title: say(content.title, ctx.locale),
      message: say(content.message, ctx.locale),
      data: content.data,
      to: placeOf({ link, resource: row.resource, resource_id: row.resource_id }),
    }
  })
}

/** How many a bell shows; counted no further than 100. */
export async function countUnread(ctx: Ctx, model: Model): Promise<number> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ n: number }>(
    `select count(*) as n from (select 1 from core.notifications n
      where n.tenant_id = $1 and n.user_id = ${param(ctx.actor.userId)} and not n.is_read and not n.silent and n.content is not null
        and ${await visibleNotices(ctx, model, param)} limit 100) as counted`,
    values,
  )
  return rows[0]?.n ?? 0
}

/** Marks one as read, or all up to one: what came after it was not on the screen. False when there is no such notification of theirs. */
export async function markRead(ctx: Ctx, what: { readonly id: string } | { readonly upTo: string }): Promise<boolean> {
  const id = 'id' in what ? what.id : what.upTo
  const mine = [ctx.tenant.id, ctx.actor.userId, id]
  const { rows } = await ctx.db.query('select 1 from core.notifications where tenant_id = $1 and user_id = $2 and id = $3', mine)
  if (!rows.length) return false
  await ctx.db.query(
    `update core.notifications set is_read = true, read_at = now()
      where tenant_id = $1 and user_id = $2 and ${'id' in what ? 'id = $3' : 'id <= $3'} and not is_read`,
    mine,
  )
  return true
}
