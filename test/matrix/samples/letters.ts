// Letters: a template is only kept when it can be printed, a request and a letter come to be by acts.
import type { Maker } from '../maker.ts'
import { KEYS, PASSPHRASE } from '#modules/letters/signing/test-keys.ts'
import type { Samples } from './sample.ts'

async function asked(maker: Maker): Promise<Record<string, unknown>> {
  await maker.make('registry.village_profiles')
  return {
    citizen_id: (await maker.make('registry.citizens')).id,
    template_id: (await maker.make('letters.letter_templates')).id,
    values: {},
    subjects: {},
  }
}
const request = async (maker: Maker) => ({ ...(await asked(maker)), purpose: null, notes: `${maker.marker} ${maker.number()}.` })
const draft = async (maker: Maker) => ({ ...(await asked(maker)), request_id: null, letter_date: null, signatory_id: null })
const direct = async (maker: Maker) => ({ ...(await draft(maker)), number: null, number_reason: null })

const act = async (maker: Maker, path: string, body: Record<string, unknown>): Promise<string> => {
  const answer = await maker.client.post(path, body)
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body.id
}
const spoiled = async (maker: Maker) => {
  const { template_id } = await asked(maker)
  return { template_id, reason: `${maker.marker} ${maker.number()}.` }
}

const incoming = async (maker: Maker) => ({
  received_on: '2024-02-03',
  sender: `${maker.marker} ${maker.number()}.`,
  mail_number: null,
  mail_date: null,
  subject: `${maker.marker} ${maker.number()}.`,
  classification_id: null,
  notes: null,
})
const outgoing = async (maker: Maker) => {
  await maker.make('registry.village_profiles')
  return {
    recipient: `${maker.marker} ${maker.number()}.`,
    subject: `${maker.marker} ${maker.number()}.`,
    classification_id: (await maker.make('letters.classification_codes')).id,
    mail_date: '2024-02-03',
    notes: null,
  }
}

const P12 = { file: Buffer.from(KEYS.sitiEc).toString('base64'), passphrase: PASSPHRASE }
/** The office that whoever makes rows holds; made when they hold none. */
async function ownOffice(maker: Maker): Promise<string> {
  const user = (await maker.client.get('/api/me')).body.user.id
  const position = `Kepala Urusan ${user}`
  const { data } = (await maker.client.get(`/office/apparatus?position=${encodeURIComponent(position)}`)).body
  return data[0]?.id ?? (await maker.make('office.apparatus', { position, user_id: user })).id
}
async function ownKey(maker: Maker): Promise<string> {
  const official = await ownOffice(maker)
  const { data } = (await maker.client.get(`/letters/signing_keys?official_id=${official}&status=ACTIVE`)).body
  return data[0]?.id ?? act(maker, '/letters/signing_keys/registration', P12)
}
/** A letter that waits for the signature of whoever makes it. */
async function toSign(maker: Maker) {
  await ownKey(maker)
  const signatory_id = await ownOffice(maker)
  return { letters: [await act(maker, '/letters/generated_letters/direct-issue', { ...(await direct(maker)), signatory_id })] }
}

export const letters: Samples = {
  'letters.signing_keys': {
    make: ownKey,
    inputs: {
      registration: async (maker) => {
        await ownOffice(maker)
        return P12
      },
    },
  },
  'letters.signings': {
    make: async (maker) => {
      const { letters: ids } = await toSign(maker)
      await maker.client.post('/letters/signings/request', { letters: ids })
      return (await maker.client.get(`/letters/signings?letter_id=${ids[0]}`)).body.data[0].id
    },
    inputs: { request: toSign },
  },
  'letters.classification_codes': { values: (n) => ({ code: `471.${n}` }) },
  'letters.incoming_mail': {
    values: () => ({ received_on: '2024-02-03', mail_date: '2024-02-01' }),
    make: async (maker) => act(maker, '/letters/incoming_mail/receipt', await incoming(maker)),
    inputs: { receipt: incoming },
  },
  'letters.outgoing_mail': {
    make: async (maker) => act(maker, '/letters/outgoing_mail/dispatch', await outgoing(maker)),
    inputs: { dispatch: outgoing },
  },
  'letters.letter_templates': {
    values: () => ({
      code: 'SK',
      template: '<p>Diberikan kepada [NamA].</p>',
      attachment: null,
      variables: [],
      subjects: [],
      number_pattern: null,
      requirements: [],
      is_active: true,
      validity_count: null,
      validity_unit: null,
    }),
  },
  'letters.letter_requests': {
    byActs: true,
    make: async (maker) => act(maker, '/letters/letter_requests/filing', await request(maker)),
    inputs: { filing: request, processing: async () => ({ requirements_note: null }) },
  },
  'letters.generated_letters': {
    byActs: true,
    make: async (maker) => act(maker, '/letters/generated_letters/drafting', await draft(maker)),
    ready: { revocation: async (maker) => act(maker, '/letters/generated_letters/direct-issue', await direct(maker)) },
    inputs: {
      drafting: draft,
      'direct-issue': direct,
      correction: async () => ({ values: {}, subjects: {}, letter_date: null, signatory_id: null }),
      issuing: async () => ({ number: null, number_reason: null }),
    },
  },
  'letters.letter_numbers': {
    make: async (maker) => act(maker, '/letters/letter_numbers/voiding', await spoiled(maker)),
    inputs: {
      voiding: spoiled,
      continuation: async (maker) => ({ template_id: (await asked(maker))['template_id'], last: 500 + maker.number(), year: 2020 }),
    },
  },
}
