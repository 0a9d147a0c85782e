// The wire between the `pg` driver and the embedded database: a stream that looks like a socket to the driver and hands
// whole requests to the gate, so that one driver serves every kind of database.
//
// Six rules: (1) a unit ends at Sync, a simple query or Flush; (2) a connection keeps the session until its transaction
// ends; (3) an answer is pushed once, after PostgreSQL has returned; (4) prepared statements get a name of their own
// per connection; (5) leaving rolls back and forgets; (6) every connection works under its own role.
import { Duplex } from 'node:stream'
import type { Caller, Gate, Unit } from './gate.ts'
import { BIND, CLOSE, DESCRIBE, FLUSH, PARSE, parse, QUERY, query, STATEMENT, SYNC, TERMINATE, welcome } from './messages.ts'

/** Statements that change the session beyond their own transaction. */
const TOUCHES_SESSION = /(?:^|;)\s*(?:set\s+(?!local\b|constraints\b|transaction\b)|reset\b|discard\b)|\bset_config\b/i
/** The session cannot wait for rows in the middle of a statement, so this is refused before it starts. */
const COPY_IN = /(?:^|;)\s*copy\b[^;]*\bfrom\s+stdin\b/i
const REFUSAL = `do $$ begin raise feature_not_supported using message = 'the embedded database takes no COPY FROM STDIN'; end $$`

let connections = 0

export class EmbeddedSocket extends Duplex implements Caller {
  readonly role: string | null
  readonly units: Unit[] = []
  readonly statements = new Set<string>()
  readonly #gate: Gate
  readonly #parameters: Readonly<Record<string, string>>
  readonly #id = ++connections
  readonly #prefix = Buffer.from(`c${this.#id}_`)
  #rest: Buffer | null = null
  #part: Buffer[] = []
  #touches = false
  #started = false
  #gone = false

  /** `role`: what `current_user` is for this connection (null = the owner). `parameters`: what the server reports about itself. */
  constructor(gate: Gate, role: string | null, parameters: Readonly<Record<string, string>>) {
    super({ allowHalfOpen: false })
    this.#gate = gate
    this.role = role
    this.#parameters = parameters
  }

  // What the driver does with a network socket, and a stream within the process does not need.
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  answer(bytes: Buffer): void {
    if (!this.#gone) this.push(bytes)
  }

  hangUp(bytes: Buffer): void {
    if (this.#gone) return
    this.#gone = true
    this.push(bytes)
    this.push(null)
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#take(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    for (const { chunk } of chunks) this.#take(chunk)
    done()
  }

  override _final(done: () => void): void {
    this.#leave()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.units.length = 0
    this.#leave()
    done(error)
  }

  #leave(): void {
    this.#gate.leave(this)
    if (this.#gone) return
    this.#gone = true
    this.push(null)
  }

  #take(chunk: Buffer): void {
    let data = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk])
    for (;;) {
      const head = this.#started ? 1 : 0
      const size = data.length < head + 4 ? Infinity : head + data.readInt32BE(head)
      if (data.length < size) break
      this.#message(data.subarray(0, size))
      data = data.subarray(size)
    }
    this.#rest = data.length > 0 ? data : null
  }

  #message(message: Buffer): void {
    if (!this.#started) {
      this.#started = true
      this.#gate.join(this)
      this.push(welcome(this.#parameters, this.#id))
      return
    }
    const type = message[0]
    if (type === TERMINATE) return this.#leave()
    this.#part.push(this.#own(message))
    if (type !== SYNC && type !== QUERY && type !== FLUSH) return
    const [only] = this.#part
    const bytes = only !== undefined && this.#part.length === 1 ? only : Buffer.concat(this.#part)
    this.units.push({ bytes, open: type === FLUSH, touchesSession: this.#touches })
    this.#part = []
    this.#touches = false
    this.#gate.submit(this)
  }

  /** The message as this connection may send it: under its own statement names, and nothing the session cannot do. */
  #own(message: Buffer): Buffer {
    switch (message[0]) {
      case QUERY:
        return this.#allowed(message.toString('latin1', 5)) ? message : query(REFUSAL)
      case PARSE: {
        const name = message.toString('utf8', 5, message.indexOf(0, 5))
        if (name !== '') this.statements.add(this.#prefix + name)
        const text = 6 + Buffer.byteLength(name)
        if (!this.#allowed(message.toString('latin1', text, message.indexOf(0, text)))) {
          return parse(name === '' ? '' : this.#prefix + name, REFUSAL)
        }
        return this.#renamed(message, 5)
      }
      case BIND:
        return this.#renamed(message, message.indexOf(0, 5) + 1)
      case DESCRIBE:
      case CLOSE: {
        if (message[5] !== STATEMENT) return message
        if (message[0] === CLOSE) this.statements.delete(this.#prefix + message.toString('utf8', 6, message.length - 1))
        return this.#renamed(message, 6)
      }
      default:
        return message
    }
  }

  #allowed(sql: string): boolean {
    if (TOUCHES_SESSION.test(sql)) this.#touches = true
    return !COPY_IN.test(sql)
  }

  /** The message with this connection's prefix before the statement name at `at`; the unnamed statement stays unnamed. */
  #renamed(message: Buffer, at: number): Buffer {
    if (message[at] === 0) return message
    const renamed = Buffer.concat([message.subarray(0, at), this.#prefix, message.subarray(at)])
    renamed.writeInt32BE(renamed.length - 1, 1)
    return renamed
  }
}
