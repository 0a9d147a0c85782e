// How much a sheet may hold. Checked while reading, so that a hostile file costs no more than an honest one.

export type SheetLimits = {
  /** Rows with data, headings not counted. */
  readonly rows: number
  readonly columns: number
  /** Characters in one cell. */
  readonly cell: number
  /** Size of the file in bytes. */
  readonly bytes: number
  /** Size of its parts in bytes when unpacked, and characters of all cells together. */
  readonly uncompressed: number
}

const MB = 1024 * 1024

export const LIMITS: SheetLimits = { rows: 100_000, columns: 200, cell: 5_000, bytes: 20 * MB, uncompressed: 200 * MB }

export const inMegabytes = (bytes: number): number => Math.floor((bytes / MB) * 10) / 10
