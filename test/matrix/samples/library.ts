// The test library: readers of novels see no guides.
import type { Samples } from './sample.ts'

export const library: Samples = {
  'library.books': {
    seen: {
      novels: async (maker) => ({
        attributes: {},
        seen: await maker.make('library.books', { kind: 'novel' }),
        hidden: await maker.make('library.books', { kind: 'guide' }),
      }),
    },
  },
}
