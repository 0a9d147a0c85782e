// Letters: a template is only kept when it can be printed.
import type { Samples } from './sample.ts'

export const letters: Samples = {
  'letters.letter_templates': {
    values: () => ({
      code: 'SK',
      template: '<p>Diberikan kepada [NamA].</p>',
      attachment: null,
      variables: [],
      subjects: [],
      validity_count: null,
      validity_unit: null,
    }),
  },
}
