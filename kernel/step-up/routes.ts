// The PIN over HTTP: how it stands, making one with the account's password, and saying it before a sensitive operation.
import { Hono } from 'hono'
import { z } from 'zod'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { forbidden, invalid } from '#kernel/http/refusal.ts'
import { announceMembers } from '#kernel/access/members.ts'
import { moment, says } from '#kernel/http/says.ts'
import { openBrake } from '#kernel/identity/brake.ts'
import type { Session } from '#kernel/identity/identity.ts'
import { passwordMatches } from '#kernel/identity/users.ts'
import { type Field, text } from '#kernel/resource/field.ts'
import { checkInput } from '#kernel/resource/to-schema.ts'
import { noteSecurity, type SecurityKind } from '#kernel/security-log/security-log.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { sendNotice } from './notice.ts'
import type { PinOwner } from './pin-hash.ts'
import { easyToGuess, PIN } from './pin-rules.ts'
import { pinState, putPin, tryPin } from './pins.ts'
import { makeToken } from './token.ts'

const pin = text(
  { id: 'PIN', en: 'PIN' },
  {
    max: 20,
    pattern: PIN.source.slice(1, -1),
    patternHelp: { id: 'PIN ada 6 angka; ini {length}.', en: 'A PIN has 6 digits; this has {length}.' },
  },
)
const SAYING: Readonly<Record<string, Field>> = { pin }
const MAKING: Readonly<Record<string, Field>> = { pin, password: text({ id: 'Kata sandi', en: 'Password' }, { max: 1000 }) }

/** Wrong passwords when making a PIN: five, then waiting that grows. */
const GUESSES = { free: 5, first: 30, longest: 900, window: 3_600 }

/** Never under an idempotency key: an answer kept with a token in it could be asked for again. */
export function stepUpRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  const brake = openBrake(house.database.app, house.config.secret)

  const note = (who: Who, kind: SecurityKind): void =>
    void noteSecurity(house, { kind, tenantId: who.tenant.id, userId: who.actor.userId, actorName: who.actor.name, origin: who.origin })

  app.get(
    '/pin',
    says({
      summary: 'How my PIN stands here',
      who: 'person',
      answers: {
        200: {
          doc: 'Null when there is none.',
          shape: z.strictObject({ set_at: moment.nullable(), tries_left: z.int().nullable(), locked_until: moment.nullable() }),
        },
      },
      problems: { 403: ['forbidden'] },
    }),
    async (c) => {
      const { owner } = memberIn(c)
      const state = await pinState(house, owner)
      return toResponse({
        status: 200,
        body: { set_at: state?.setAt ?? null, tries_left: state?.triesLeft ?? null, locked_until: state?.lockedUntil ?? null },
      })
    },
  )

  app.put(
    '/pin',
    says({
      summary: 'Make or replace my PIN, with my password',
      who: 'person',
      body: MAKING,
      answers: { 204: 'Set; what was counted against the former one is forgotten.' },
      problems: { 403: ['forbidden'], 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const { who, owner, session } = memberIn(c)
      const input = await inputOf(c, MAKING)
      const easy = easyToGuess(input['pin']!)
      if (easy) throw invalid([{ field: 'pin', code: 'easy_to_guess', message: easy }])
      const guess = brake.key('pin-password', session.userId)
      await brake.count(guess, GUESSES)
      if (!(await passwordMatches(globalDb(house.database.app), session.userId, input['password']!)))
        throw invalid([
          { field: 'password', code: 'wrong_password', message: { id: 'Kata sandi ini tidak cocok.', en: 'This is not your password.' } },
        ])
      await brake.forget([guess])
      await putPin(house, owner, input['pin']!)
      await announceMembers(house, who.tenant.id)
      note(who, 'pin_set')
      await sendNotice(house, who.tenant, session.user, 'pin_set')
      return toResponse({ status: 204 })
    },
  )

  app.post(
    '/step-up',
    says({
      summary: 'Say my PIN before something sensitive',
      doc: 'Send the token in the header Balai-Step-Up with what asked for it (403 `pin_required`).',
      who: 'person',
      body: SAYING,
      answers: { 200: { doc: 'A token for this session.', shape: z.strictObject({ token: z.string(), expires_at: moment }) } },
      problems: { 403: ['forbidden', 'pin_not_set', 'pin_wrong'], 429: ['pin_locked'] },
    }),
    async (c) => {
      const { who, owner, session } = memberIn(c)
      const input = await inputOf(c, SAYING)
      const { setAt } = await tryPin(house, owner, input['pin']!, (_failures, lockedUntil) => {
        note(who, lockedUntil ? 'pin_locked' : 'pin_failed')
        if (lockedUntil) void sendNotice(house, who.tenant, session.user, 'pin_locked', lockedUntil)
      })
      note(who, 'stepped_up')
      const { token, expiresAt } = makeToken(house.config.secret, { ...owner, sessionId: session.id, pinSetAt: setAt }, new Date())
      return toResponse({ status: 200, body: { token, expires_at: expiresAt } })
    },
  )

  return app
}

/** Only a person who signed in has a PIN: a device's key and the system have none. */
function memberIn(c: C): { who: Who; owner: PinOwner; session: Session } {
  const who = whoOf(c)
  const session = c.get('session')
  if (!session || who.actor.membershipId === null) throw forbidden('core.step_up:create')
  return { who, owner: { tenantId: who.tenant.id, membershipId: who.actor.membershipId }, session }
}

async function inputOf(c: C, fields: Readonly<Record<string, Field>>): Promise<Record<string, string>> {
  const { json } = await readJson(c)
  const { values, problems } = checkInput(fields, json, 'create', '')
  if (problems.length) throw invalid(problems)
  return values as Record<string, string>
}
