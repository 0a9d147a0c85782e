// The few pieces of PostgreSQL's wire protocol (version 3.0) that the bridge itself reads and writes.

export const QUERY = 0x51
export const PARSE = 0x50
export const BIND = 0x42
export const DESCRIBE = 0x44
export const CLOSE = 0x43
export const SYNC = 0x53
export const FLUSH = 0x48
export const TERMINATE = 0x58
export const STATEMENT = 0x53

/** One message: a type letter, the length of what follows including itself, then the parts. */
function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`)

export const query = (sql: string): Buffer => message('Q', text(sql))

/** What a server says to a client it lets in, up to "ready for query". */
export function welcome(parameters: Readonly<Record<string, string>>, connection: number): Buffer {
  const key = Buffer.alloc(8)
  key.writeInt32BE(connection, 0)
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...Object.entries(parameters).map(([name, value]) => message('S', text(name), text(value))),
    message('K', key),
    READY,
  ])
}

/** Prepares a statement without declared parameter types. */
export const parse = (name: string, sql: string): Buffer => message('P', text(name), text(sql), Buffer.alloc(2))

export const SYNC_MESSAGE = message('S')

/** Forgets prepared statements; a name that does not exist is no error. */
export const closeStatements = (names: Iterable<string>): Buffer =>
  Buffer.concat([...[...names].map((name) => message('C', Buffer.from('S'), text(name))), SYNC_MESSAGE])

export const READY = message('Z', Buffer.from('I'))

/** An error as a server reports it; `fatal` ends the connection. */
export function failure(severity: 'ERROR' | 'FATAL', code: string, words: string): Buffer {
  const field = (letter: string, value: string): Buffer => Buffer.concat([Buffer.from(letter), text(value)])
  return message('E', field('S', severity), field('V', severity), field('C', code), field('M', words), Buffer.alloc(1))
}

/** The first error in an answer as `code message`, or null. */
export function errorIn(answer: Buffer): string | null {
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] !== 0x45) continue
    const fields = answer.toString('utf8', at + 5, at + 1 + answer.readInt32BE(at + 1)).split('\0')
    const value = (letter: string): string => fields.find((f) => f.startsWith(letter))?.slice(1) ?? ''
    return `${value('C')} ${value('M')}`
  }
  return null
}

/** The texts of an answer's data rows; binary columns and nulls come back as they look. */
export function rowsIn(answer: Buffer): string[][] {
  const rows: string[][] = []
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] !== 0x44) continue
    const row: string[] = []
    let cell = at + 7
    for (let n = answer.readInt16BE(at + 5); n > 0; n--) {
      const length = answer.readInt32BE(cell)
      row.push(length < 0 ? '' : answer.toString('utf8', cell + 4, cell + 4 + length))
      cell += 4 + Math.max(length, 0)
    }
    rows.push(row)
  }
  return rows
}
