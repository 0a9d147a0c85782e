// Haji Mulyadi signs Sukamaju's letters: his key, his list, and what remains when the work is cut off at any step.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whoIs } from '#kernel/access/members.ts'
import type { JobRun } from '#kernel/jobs/job.ts'
import { ok } from '#modules/registry/test-village.ts'
import { reading, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { openWorld, type World } from '#test/world.ts'
import { signLetters } from './job.ts'
import { signOne } from './sign-one.ts'
import { KEYS, PASSPHRASE } from './test-keys.ts'
import { base64, type Office, officeIn } from '#test/signing-office.ts'
import { canJudge, judged } from './test-pdf.ts'

let world: World
let office: Office
let tenantId: string
let who: Who

beforeAll(async () => {
  world = await openWorld()
  office = await officeIn(world)
  tenantId = await world.tenantId('sukamaju')
  who = await whoIs(world.house, tenantId, (await world.house.identity.userByLogin('hajimulyadi'))!.id)
})
afterAll(() => world?.close())

const letterOf = async (id: string): Promise<any> => ok(await office.siti.get(`/letters/generated_letters/${id}`))
const placeOf = async (letterId: string): Promise<any> => ok(await office.mulyadi.get(`/letters/signings?letter_id=${letterId}`)).data[0]
const ask = (letters: string[]) => office.mulyadi.post('/letters/signings/request', { letters })

/** The files of a letter, the oldest first. */
async function filesOf(letterId: string): Promise<{ sha256: string; bytes: Buffer }[]> {
  const ctx = await reading(world.house, who)
  const { rows } = await ctx.db.query<{ sha256: string; file_id: string }>(
    `select v.sha256, v.file_id from core.document_versions v join letters.generated_letters l on l.tenant_id = $1 and l.document_id = v.document_id
      where v.tenant_id = $1 and l.id = $2 order by v.number`,
    [tenantId, letterId],
  )
  const files: { sha256: string; bytes: Buffer }[] = []
  for (const { sha256, file_id } of rows) {
    const parts: Buffer[] = []
    for await (const part of await ctx.files.open(file_id)) parts.push(part)
    files.push({ sha256, bytes: Buffer.concat(parts) })
  }
  return files
}

describe('the key', () => {
  test('is brought by its official, with the PIN; its facts are read, itself by nobody', async () => {
    const body = { file: base64(KEYS.mulyadi), passphrase: PASSPHRASE }
    expect((await office.mulyadi.post('/letters/signing_keys/registration', body, { 'balai-step-up': '' })).body.code).toMatch(/^pin_/)
    const made = await office.key()
    const [row] = ok(await office.mulyadi.get('/letters/signing_keys')).data
    expect(row).toMatchObject({
      id: made.id,
      official_id: office.head.id,
      status: 'ACTIVE',
      subject: 'CN=Haji Mulyadi,O=Desa Sukamaju,C=ID',
    })
    expect(row.issuer).toContain('Penerbit Uji Balai')
    expect(JSON.stringify(ok(await office.mulyadi.get(`/letters/signing_keys/${made.id}`)))).not.toContain('MII')
  })

  test('stands nowhere in clear, and its passphrase stands nowhere at all', async () => {
    const ctx = await reading(world.house, who)
    const { rows } = await ctx.db.query<{ all: string }>(
      `select (select string_agg(t::text, ' ') from letters.signing_keys t where tenant_id = $1)
        || (select string_agg(a::text, ' ') from core.audit_logs a where tenant_id = $1 and resource like 'letters.signing%')
        || (select string_agg(encode(k.sealed, 'escape'), ' ') from letters.signing_secrets k where tenant_id = $1)
        || coalesce((select string_agg(e::text, ' ') from core.events e where tenant_id = $1), '') as all`,
      [tenantId],
    )
    for (const word of [PASSPHRASE, 'MII', base64(KEYS.mulyadi).slice(200, 260)]) expect(rows[0]!.all.includes(word), word).toBe(false)
  })

  test('a wrong passphrase and a file that is none are told at their field', async () => {
    const bring = (file: Uint8Array, passphrase: string) =>
      office.mulyadi.post('/letters/signing_keys/registration', { file: base64(file), passphrase })
    const wrong = await bring(KEYS.mulyadi, 'padi-menghijau')
    expect([wrong.status, wrong.body.errors[0].field, wrong.body.errors[0].code]).toEqual([422, 'passphrase', 'passphrase_wrong'])
    expect(JSON.stringify(wrong.body)).not.toContain('padi-menghijau')
    const none = await bring(Buffer.from('bukan kunci'), PASSPHRASE)
    expect([none.status, none.body.errors[0].field, none.body.errors[0].code]).toEqual([422, 'file', 'p12_unreadable'])
  })

  test('nobody brings one who holds no office; and the registrar may not at all', async () => {
    const body = { file: base64(KEYS.mulyadi), passphrase: PASSPHRASE }
    expect((await office.andi.post('/letters/signing_keys/registration', body)).body.code).toBe('not_an_official')
    expect((await office.siti.post('/letters/signing_keys/registration', body)).status).toBe(404)
  })
})

describe('signing', () => {
  test('several letters at once: original and signed file are both kept, the letter says who and when', async () => {
    const letters = [await office.letter(), await office.letter(), await office.letter()]
    expect(ok(await office.mulyadi.get('/letters/signing_desk'))).toMatchObject({
      official: { name: 'Haji Mulyadi' },
      key: { expired: false },
      letters: letters.map(({ id }) => ({ id, state: null })),
    })
    expect((await office.mulyadi.post('/letters/signings/request', { letters: [letters[0].id] }, { 'balai-step-up': '' })).body.code).toBe(
      'pin_required',
    )
    const { job } = ok(await ask(letters.map(({ id }) => id)))
    expect((await placeOf(letters[0].id)).state).toBe('QUEUED')
    await world.house.jobs.drain()
    expect(ok(await office.mulyadi.get(`/jobs/${job}`)).result).toEqual({ signed: 3, failed: 0 })
    for (const { id } of letters) {
      const row = await letterOf(id)
      expect(row).toMatchObject({ status: 'signed', signed_how: 'ELECTRONIC', signed_by: office.head.id })
      const [original, signed, ...more] = await filesOf(id)
      expect(more).toEqual([])
      expect(original!.sha256).toBe(row.sha256)
      expect(signed!.sha256).toBe((await placeOf(id)).sha256)
      expect(createHash('sha256').update(signed!.bytes).digest('hex')).toBe(signed!.sha256)
      expect(Buffer.compare(signed!.bytes.subarray(0, original!.bytes.length), original!.bytes)).toBe(0)
      if (canJudge) expect(judged(signed!.bytes)).toContain('Signature Validation: Signature is Valid.')
      const given = await office.mulyadi.raw(`/letters/signed_paper?letter_id=${id}`, { headers: { cookie: office.mulyadi.cookie } })
      expect(Buffer.compare(Buffer.from(await given.arrayBuffer()), signed!.bytes)).toBe(0)
    }
    const unsigned = await office.letter()
    expect((await office.mulyadi.get(`/letters/signed_paper?letter_id=${unsigned.id}`)).status).toBe(404)
    const history = ok(await office.siti.get(`/letters/generated_letters/${letters[0].id}/status-history`))
    expect(JSON.stringify(history)).toContain('electronic-signature')
  })

  test('asked twice, a letter is signed once', async () => {
    const { id } = await office.letter()
    const [first, second] = [ok(await ask([id])), ok(await ask([id]))]
    expect(first.job).not.toBe(second.job)
    await world.house.jobs.drain()
    expect((await filesOf(id)).length).toBe(2)
    expect((await ask([id])).body).toMatchObject({ code: 'not_signable', letters: [id] })
  })

  test('only the official whose name is on the letter signs it, and nobody by saying so', async () => {
    const { id } = await office.letter()
    expect((await office.endang.post('/letters/signings/request', { letters: [id] })).body.code).toBe('no_signing_key')
    ok(await office.endang.post('/letters/signing_keys/registration', { file: base64(KEYS.sitiEc), passphrase: PASSPHRASE }))
    expect((await office.endang.post('/letters/signings/request', { letters: [id] })).body.code).toBe('not_signable')
    expect((await office.siti.post('/letters/signings/request', { letters: [id] })).status).toBe(404)
    expect((await office.andi.post(`/letters/generated_letters/${id}/electronic-signature`, {})).status).toBe(409)
    expect((await letterOf(id)).status).toBe('awaiting_signature')
    const other = await world.as('made')
    expect((await other.post('/letters/signings/request', { letters: [id] })).status).toBeGreaterThanOrEqual(400)
  })

  test.each([
    ['none', []],
    ['a word', 'semua'],
    ['nothing', null],
    ['no ids', ['bukan-id']],
    ['more than 200', Array.from({ length: 201 }, () => crypto.randomUUID())],
  ])('%s: no choice of letters', async (_name, letters) => {
    const answer = await office.mulyadi.post('/letters/signings/request', { letters })
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'letters'])
  })

  test('a letter that was revoked meanwhile is not signed, and the list says why', async () => {
    const { id } = await office.letter()
    ok(await ask([id]))
    ok(await office.mulyadi.post(`/letters/generated_letters/${id}/revocation`, { revocation_kind: 'ERROR', reason: 'Salah nama' }))
    await world.house.jobs.drain()
    expect(await placeOf(id)).toMatchObject({ state: 'FAILED', problem: { code: 'letter_moved_on' } })
    expect((await filesOf(id)).length).toBe(1)
  })

  test('a key that was removed meanwhile signs nothing; with a new one it is tried again', async () => {
    const { id } = await office.letter()
    ok(await ask([id]))
    const [key] = ok(await office.mulyadi.get(`/letters/signing_keys?status=ACTIVE&official_id=${office.head.id}`)).data
    ok(await office.mulyadi.post(`/letters/signing_keys/${key.id}/withdrawal`, {}))
    await world.house.jobs.drain()
    expect(await placeOf(id)).toMatchObject({ state: 'FAILED', problem: { code: 'key_removed' } })
    expect((await ask([id])).body.code).toBe('no_signing_key')
    await office.key(KEYS.mulyadiOld)
    ok(await ask([id]))
    await world.house.jobs.drain()
    expect((await letterOf(id)).status).toBe('signed')
  })
})

describe('cut off', () => {
  class Killed extends Error {}
  /** Runs the steps of a signature, and dies before or after the transaction of that number, or inside it when all its work is done. */
  const dying = async (id: string, at: { before?: number; inside?: number; after?: number }): Promise<void> => {
    let step = 0
    const ctx = await reading(world.house, who)
    const transaction: JobRun['transaction'] = async (work) => {
      step++
      if (at.before === step) throw new Killed()
      const done = await writing(world.house, who, 'job', async (inside) => {
        const result = await work(inside)
        if (at.inside === step) throw new Killed()
        return result
      })
      if (at.after === step) throw new Killed()
      return done
    }
    await expect(signOne({ ctx, transaction }, id)).rejects.toThrow(Killed)
  }
  const queuedLetter = async (): Promise<{ id: string; place: string }> => {
    const { id } = await office.letter()
    ok(await ask([id]))
    return { id, place: (await placeOf(id)).id }
  }

  test.each([
    ['before it began', { before: 1 }, 'QUEUED', 1],
    ['while beginning', { inside: 1 }, 'QUEUED', 1],
    ['having begun, before the file was kept', { after: 1 }, 'SIGNING', 1],
    ['signed, before the file was kept', { before: 2 }, 'SIGNING', 1],
    ['with the file kept, before it was noted', { inside: 2 }, 'SIGNING', 1],
    ['when all was done, before it could say so', { after: 2 }, 'SIGNED', 2],
  ])('%s: the letter is neither lost nor doubled', async (_name, at, state, files) => {
    const { id, place } = await queuedLetter()
    await dying(place, at)
    expect((await placeOf(id)).state).toBe(state)
    expect((await filesOf(id)).length).toBe(files)
    const before = (await filesOf(id))[1]
    await world.house.jobs.drain()
    expect((await letterOf(id)).status).toBe('signed')
    const kept = await filesOf(id)
    expect(kept.length).toBe(2)
    if (before) expect(kept[1]!.sha256).toBe(before.sha256)
    if (canJudge) expect(judged(kept[1]!.bytes)).toContain('Signature is Valid')
  })

  test('tried again, it is the same file: the time in it is that of the request', async () => {
    const { id, place } = await queuedLetter()
    let stored = ''
    await expect(
      signOne(
        {
          ctx: await reading(world.house, who),
          transaction: (work) =>
            writing(world.house, who, 'job', async (inside) => {
              const result = await work(inside)
              const { rows } = await inside.db.query<{ sha256: string }>(
                'select sha256 from letters.signings where tenant_id = $1 and id = $2',
                [tenantId, place],
              )
              stored = rows[0]!.sha256
              if (stored) throw new Killed()
              return result
            }),
        },
        place,
      ),
    ).rejects.toThrow(Killed)
    await world.house.jobs.drain()
    expect(stored).toMatch(/^[0-9a-f]{64}$/)
    expect((await filesOf(id))[1]!.sha256).toBe(stored)
  })

  test('given up for good, the letter still waits and says why', async () => {
    const { id, place } = await queuedLetter()
    await dying(place, { after: 1 })
    await writing(world.house, who, 'job', (ctx) =>
      signLetters.abandoned!(ctx, { signings: [place] }, 'failed', { code: 'worker_lost', message: { id: 'Terhenti.', en: 'Cut off.' } }),
    )
    expect(await placeOf(id)).toMatchObject({ state: 'FAILED', problem: { code: 'worker_lost' } })
    expect((await letterOf(id)).status).toBe('awaiting_signature')
    ok(await ask([id]))
    await world.house.jobs.drain()
    expect((await letterOf(id)).status).toBe('signed')
  })

  test.runIf(process.env['TEST_DATABASE_URL'])(
    'two workers at once make one signed file (on a server; the embedded database has one session)',
    async () => {
      const { id, place } = await queuedLetter()
      const run = async () =>
        signOne({ ctx: await reading(world.house, who), transaction: (work) => writing(world.house, who, 'job', work) }, place)
      expect(await Promise.all([run(), run(), run()])).toEqual(['signed', 'signed', 'signed'])
      expect((await filesOf(id)).length).toBe(2)
    },
  )

  test('what is signed stays, whoever writes', async () => {
    const { id, place } = await queuedLetter()
    await world.house.jobs.drain()
    expect((await placeOf(id)).state).toBe('SIGNED')
    const change = (sql: string) => writing(world.house, who, 'changed', (ctx) => ctx.db.query(sql, [tenantId, place]))
    await expect(change("update letters.signings set sha256 = repeat('0', 64) where tenant_id = $1 and id = $2")).rejects.toMatchObject({
      constraint: 'signings_final',
    })
    await expect(change('delete from letters.signings where tenant_id = $1 and id = $2')).rejects.toThrow()
  })
})
