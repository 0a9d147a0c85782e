// What the module keeps.
import { classificationCodes } from './classification-codes.ts'
import { generatedLetters } from './generated-letters.ts'
import { dispositions, incomingMail } from './incoming-mail.ts'
import { letterNumbers } from './letter-numbers.ts'
import { letterRequests } from './letter-requests.ts'
import { letterTemplates } from './letter-templates.ts'
import { outgoingMail } from './outgoing-mail.ts'
import { signingKeys } from './signing-keys.ts'
import { signings } from './signings.ts'

export {
  classificationCodes,
  dispositions,
  generatedLetters,
  incomingMail,
  letterNumbers,
  letterRequests,
  letterTemplates,
  outgoingMail,
  signingKeys,
  signings,
}
export const resources = [
  letterRequests,
  generatedLetters,
  letterTemplates,
  incomingMail,
  dispositions,
  outgoingMail,
  letterNumbers,
  classificationCodes,
  signings,
  signingKeys,
]
