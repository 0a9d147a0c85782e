// Messages by mail: handed to the installation's mail server (RFC 5321).
import { createTransport } from 'nodemailer'
import { bareAddress } from './config.ts'
import { Undelivered, type Adapter } from './message.ts'

/** The longest each step may take, in milliseconds; the whole stays far below the lease of a message (rows.ts). */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

/**
 * `url`: `smtp://` (STARTTLS whenever the server offers it; `?requireTLS=true` insists) or `smtps://`. `host`: ours, for Message-IDs.
 * A recipient that the server refuses for good (5yz) is not tried again; anything else may pass, wrong passwords of ours included.
 */
export function smtpAdapter(url: string, from: string, host: string): Adapter & { close(): void } {
  const transport = createTransport({ url, ...PATIENCE, disableFileAccess: true, disableUrlAccess: true, logger: false })
  const sender = bareAddress(from)
  const name = from.includes('<') ? from.slice(0, from.lastIndexOf('<')).trim().replace(/^"|"$/g, '') : ''
  const adapter: Adapter = async ({ id, to, subject, text }) => {
    try {
      await transport.sendMail({
        // As objects, never as text that would be parsed into several addresses.
        from: { name, address: sender },
        to: { name: '', address: to },
        envelope: { from: sender, to: [to] },
        subject,
        text,
        // The same at every attempt: a server that already took it can tell.
        messageId: `<${id}@${host}>`,
        // RFC 3834: no holiday greetings in return.
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    } catch (error) {
      const { code = 'ERROR', responseCode } = error as { code?: string; responseCode?: number }
      const refused = ['EENVELOPE', 'EMESSAGE'].includes(code) && (responseCode ?? 0) >= 500
      throw new Undelivered(`smtp ${[/^[A-Z]{2,30}$/.test(code) ? code : 'ERROR', responseCode].filter(Boolean).join(' ')}`, refused)
    }
  }
  return Object.assign(adapter, { close: () => transport.close() })
}
