// What the office module keeps.
import { apparatus } from './apparatus.ts'

export { apparatus }
export const resources = [apparatus] as const
