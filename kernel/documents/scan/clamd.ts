// Asks clamd about a stream: its INSTREAM command (clamd(8)), over TCP or a socket on this machine.
import { connect } from 'node:net'
import type { Clamd } from './config.ts'

/** Milliseconds without a word from the scanner. */
const PATIENCE = 120_000

/** Whether something was found. Throws when the scanner cannot be reached, refuses the file, or says nothing: then nothing is known. */
export async function scan(clamd: Clamd, body: AsyncIterable<Buffer>): Promise<'clean' | 'infected'> {
  const socket = connect('path' in clamd ? { path: clamd.path } : { host: clamd.host, port: clamd.port })
  socket.setTimeout(PATIENCE, () => socket.destroy(new Error('The virus scanner does not answer.')))
  const answer = new Promise<string>((resolve, reject) => {
    let said = ''
    socket.on('data', (bytes) => (said += bytes.toString('latin1')))
    socket.on('end', () => resolve(said))
    socket.on('error', reject)
    socket.on('close', () => resolve(said))
  })
  // Whoever fails first is told; the other must not be an error that nobody hears.
  answer.catch(() => {})
  const write = (bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) reject(new Error('The virus scanner hung up.'))
      else socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
  try {
    await write(Buffer.from('zINSTREAM\0'))
    for await (const chunk of body) {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(chunk.length)
      await write(Buffer.concat([length, chunk]))
    }
    await write(Buffer.alloc(4))
  } catch (error) {
    // It hangs up early when a file is larger than it takes, and says so.
    const said = await answer
    throw said ? refusedBy(said) : error
  } finally {
    if (!socket.destroyed) socket.end()
  }
  const said = (await answer).replaceAll('\0', '').trim()
  socket.destroy()
  if (/^stream: OK$/.test(said)) return 'clean'
  if (/^stream: .+ FOUND$/.test(said)) return 'infected'
  throw refusedBy(said)
}

const refusedBy = (said: string): Error =>
  new Error(
    /size limit/i.test(said) ? 'The file is larger than the virus scanner takes (StreamMaxLength).' : 'The virus scanner refused the file.',
  )
