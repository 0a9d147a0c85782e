import type { Options } from './options.ts'
import type { Line } from './report.ts'
export async function importLines(_o: Options, _d: string, _t: (s: string) => void): Promise<Line[]> { return [] }
export async function embeddedLines(_o: Options, _t: (s: string) => void): Promise<Line[]> { return [] }
