// How messages leave this installation, from the environment: a mail server, an SMS gateway, or a page that shows them to a demo.
import { isAddress } from './message.ts'

export type SmsGateway = {
  /** May hold `{to}` and `{text}` after the host. */
  readonly url: string
  readonly method: 'POST' | 'PUT' | 'GET'
  readonly headers: Readonly<Record<string, string>>
  /** Holds `{to}` and `{text}`; '' sends no body. */
  readonly body: string
}

export type OutboxConfig = {
  /** `smtps://user:password@host:465`, or `smtp://host:587?requireTLS=true`. */
  readonly smtp: string | null
  /** Who mail is from: an address, or `Name <address>`. */
  readonly mailFrom: string
  readonly sms: SmsGateway | null
  /** Who may look at what would have been sent: nobody, this computer, or everybody. Never counts when a message can really leave. */
  readonly page: 'nobody' | 'this_computer' | 'everybody'
}

type Env = Readonly<Record<string, string | undefined>>
type Complain = (words: string) => never

/** Nothing leaves and nothing is shown: for installations made by hand. */
export const NO_OUTBOX: OutboxConfig = { smtp: null, mailFrom: '', sms: null, page: 'nobody' }

const PLACE = /\{(?:to|text)\}/
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/

/** Reads `BALAI_SMTP_URL`, `BALAI_MAIL_FROM`, `BALAI_SMS_*` and `BALAI_DEMO`; `complain` stops the start with words. */
export function outboxConfig(env: Env, complain: Complain): OutboxConfig {
  const smtp = smtpOf(env, complain)
  const sms = smsOf(env, complain)
  const demo = env['BALAI_DEMO'] ?? ''
  if (!['', 'true', 'false', '1', '0'].includes(demo)) complain(`BALAI_DEMO must be true or false, not "${demo}".`)
  // Trying it out on one's own computer: no server, no address others use.
  const trial = !env['DATABASE_URL'] && !env['BALAI_URL']
  const shown = demo === 'true' || demo === '1' ? 'everybody' : demo === '' && trial ? 'this_computer' : 'nobody'
  return { smtp, mailFrom: env['BALAI_MAIL_FROM']?.trim() ?? '', sms, page: smtp || sms ? 'nobody' : shown }
}

/** The bare address in `BALAI_MAIL_FROM`. */
export const bareAddress = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1]?.trim() ?? from.trim()

function smtpOf(env: Env, complain: Complain): string | null {
  const url = env['BALAI_SMTP_URL']?.trim()
  if (!url) return null
  if (!URL.canParse(url) || !['smtp:', 'smtps:'].includes(new URL(url).protocol))
    complain(
      'BALAI_SMTP_URL must look like smtps://user:password@mail.example.id:465 (characters such as @ in the password percent-encoded).',
    )
  const from = env['BALAI_MAIL_FROM'] ?? ''
  // oxlint-disable-next-line no-control-regex
  if (!isAddress('mail', bareAddress(from)) || /[\u0000-\u001f\u007f]/.test(from))
    complain('BALAI_MAIL_FROM must say who mail is from, such as: Desa Sukamaju <balai@sukamaju.desa.id>')
  return url
}

function smsOf(env: Env, complain: Complain): SmsGateway | null {
  const url = env['BALAI_SMS_URL']?.trim()
  if (!url) return null
  const origin = url.split(/[/?#]/, 3).join('/')
  if (!/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url) || PLACE.test(origin))
    complain('BALAI_SMS_URL must be a full address such as https://sms.example.id/send; {to} and {text} may stand after the host only.')
  const method = (env['BALAI_SMS_METHOD'] || 'POST').toUpperCase()
  if (method !== 'POST' && method !== 'PUT' && method !== 'GET') complain(`BALAI_SMS_METHOD must be POST, PUT or GET, not "${method}".`)
  const body = method === 'GET' ? '' : env['BALAI_SMS_BODY'] || '{"to":"{to}","text":"{text}"}'
  const headers = headersOf(env['BALAI_SMS_HEADERS'], complain)
  if (!/json|urlencoded/i.test(headers['content-type'] ?? 'json'))
    complain('BALAI_SMS_HEADERS: the content-type must be application/json or application/x-www-form-urlencoded.')
  if (!`${url}${body}`.includes('{to}') || !`${url}${body}`.includes('{text}'))
    complain('BALAI_SMS_URL or BALAI_SMS_BODY must say where the number goes, {to}, and where the text goes, {text}.')
  return { url, method: method as SmsGateway['method'], headers, body }
}

function headersOf(text: string | undefined, complain: Complain): Record<string, string> {
  if (!text) return {}
  const wrong = (): never => complain('BALAI_SMS_HEADERS must be a JSON object of texts, such as {"authorization":"Bearer …"}.')
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return wrong()
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return wrong()
  const pairs = Object.entries(read)
  // oxlint-disable-next-line no-control-regex
  if (pairs.some(([name, value]) => !HEADER_NAME.test(name) || typeof value !== 'string' || /[\u0000-\u001f\u007f]/.test(value)))
    return wrong()
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]))
}
