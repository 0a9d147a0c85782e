// What the module keeps.
import { letterTemplates } from './letter-templates.ts'

export { letterTemplates }
export const resources = [letterTemplates]
