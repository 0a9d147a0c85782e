// The server speaks to other machines from few rooms, all configured by the operator: nothing that a member types is ever an address to call.
import { expect, test } from 'vitest'
import { isTest } from '#test/architecture/rules-of-code.ts'
import { sources } from '#test/architecture/sources.ts'

/** Room → why it holds parts of the network. */
const MAY: Readonly<Record<string, string>> = {
  'kernel/outbox/sms-gateway.ts': 'calls the SMS gateway that the operator configured',
  'kernel/outbox/smtp.ts': 'calls the mail server that the operator configured',
  'kernel/notifications/push/sender.ts': 'calls push services that the operator knows by name, whatever address a browser gave',
  'kernel/documents/storage/s3.ts': 'calls the storage that the operator configured',
  'kernel/documents/scan/clamd.ts': 'calls the virus scanner that the operator configured',
  'modules/letters/signing/bsre-signer.ts': 'calls the Esign Client Service that the operator configured',
  'kernel/http/client-address.ts': 'reads an address, calls nobody',
  'kernel/access/networks.ts': 'compares addresses, calls nobody',
  'app/serve.ts': 'listens',
}
const NETWORK = /\bfetch\(|from 'node:(?:https?|http2|net|tls|dgram|dns)(?:\/promises)?'|from '(?:nodemailer|undici|ws)'|new WebSocket\(/

const rooms = sources().filter(({ path }) => /^(kernel|modules|app)\/.*\.ts$/.test(path) && !isTest(path))
const speaking = rooms.filter(({ text }) => NETWORK.test(text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, ''))).map(({ path }) => path)

test('only rooms that are listed speak to other machines', () => {
  expect(speaking.filter((path) => !Object.hasOwn(MAY, path))).toEqual([])
})
test('every room on the list still does', () => {
  expect(Object.keys(MAY).filter((path) => !speaking.includes(path))).toEqual([])
})
