// What the module keeps.
import { generatedLetters } from './generated-letters.ts'
import { letterNumbers } from './letter-numbers.ts'
import { letterRequests } from './letter-requests.ts'
import { letterTemplates } from './letter-templates.ts'

export { generatedLetters, letterNumbers, letterRequests, letterTemplates }
export const resources = [letterRequests, generatedLetters, letterTemplates, letterNumbers]
