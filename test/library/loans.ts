// Asking for a book, from the counter until it is back on its shelf: what proves the workflow of the kernel, without a module's help.
import { choice, integer, longText, optional, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { setting } from '#kernel/settings/fact.ts'
import { workflow } from '#kernel/workflow/workflow.ts'

export const loans = resource('library.loans', {
  label: { one: { id: 'Peminjaman', en: 'Loan' }, many: { id: 'Peminjaman', en: 'Loans' } },
  doc: 'Somebody who wants to take a book home.',
  fields: {
    book_id: ref('library.books', { id: 'Buku', en: 'Book' }),
    borrower: text({ id: 'Peminjam', en: 'Borrower' }, { min: 1, max: 100 }),
    status: choice(
      { id: 'Status', en: 'Status' },
      {
        requested: { id: 'Diminta', en: 'Requested' },
        unclear: { id: 'Menunggu peminjam', en: 'Waiting for the borrower' },
        lent: { id: 'Dipinjam', en: 'Lent' },
        returned: { id: 'Kembali', en: 'Returned' },
        refused: { id: 'Ditolak', en: 'Refused' },
        lost: { id: 'Hilang', en: 'Lost' },
      },
      { initial: 'requested', readonly: true },
    ),
    pages_missing: optional(integer({ id: 'Halaman hilang', en: 'Pages missing' }, { min: 0, max: 20_000, readonly: true })),
  },
  title: ['borrower'],
  search: ['borrower'],
  list: ['borrower', 'book_id', 'status'],
  sort: ['borrower'],
  filter: ['status'],
})

export const answerHours = setting({
  name: 'library.answer_hours',
  category: 'records',
  field: integer({ id: 'Jawaban dalam (jam kerja)', en: 'Answer within (working hours)' }, { min: 1, max: 100, initial: 4 }),
})

const reason = longText({ id: 'Alasan', en: 'Reason' }, { min: 1, max: 500 })

export const loanWorkflow = workflow(loans, 'status', {
  initial: 'requested',
  states: {
    requested: {
      tone: 'wait',
      doc: { id: 'Perpustakaan belum menjawab.', en: 'The library has not answered yet.' },
      deadline: { hours: answerHours, time: 'working' },
    },
    unclear: {
      tone: 'wait',
      doc: { id: 'Peminjam diminta melengkapi sesuatu.', en: 'The borrower was asked for something.' },
      pauses: true,
    },
    lent: {
      tone: 'good',
      doc: { id: 'Buku ada pada peminjam.', en: 'The borrower has the book.' },
      deadline: { hours: 14 * 24, time: 'calendar' },
    },
    returned: { tone: 'still', doc: { id: 'Buku sudah kembali di rak.', en: 'The book is back on its shelf.' }, final: true },
    refused: { tone: 'harm', doc: { id: 'Buku tidak dipinjamkan.', en: 'The book was not lent.' }, final: true },
    lost: { tone: 'harm', doc: { id: 'Buku tidak kembali.', en: 'The book did not come back.' }, final: true },
  },
  moves: [
    {
      noun: 'handover',
      label: { id: 'Serahkan', en: 'Hand over' },
      doc: { id: 'Peminjam membawa buku ini pulang.', en: 'The borrower takes the book home.' },
      from: ['requested'],
      to: 'lent',
    },
    {
      noun: 'question',
      label: { id: 'Tanyakan', en: 'Ask back' },
      doc: { id: 'Peminjam diminta melengkapi sesuatu; waktu berhenti.', en: 'The borrower is asked for something; the clock stands.' },
      from: ['requested'],
      to: 'unclear',
      input: { question: longText({ id: 'Pertanyaan', en: 'Question' }, { min: 1, max: 500 }) },
      note: 'question',
    },
    {
      noun: 'answer',
      label: { id: 'Sudah dijawab', en: 'Answered' },
      doc: { id: 'Peminjam sudah melengkapi; waktu berjalan lagi.', en: 'The borrower has answered; the clock runs on.' },
      from: ['unclear'],
      to: 'requested',
    },
    {
      noun: 'refusal',
      label: { id: 'Tolak', en: 'Refuse' },
      doc: { id: 'Buku tidak dipinjamkan, dengan alasan.', en: 'The book is not lent, for a reason.' },
      from: ['requested', 'unclear'],
      to: 'refused',
      input: { reason },
      note: 'reason',
      grave: true,
    },
    {
      noun: 'lapse',
      label: { id: 'Gugurkan', en: 'Let it lapse' },
      doc: { id: 'Peminjam tidak menjawab selama tujuh hari.', en: 'The borrower did not answer for seven days.' },
      from: ['unclear'],
      to: 'refused',
      automatic: { hours: 7 * 24, time: 'calendar' },
    },
    {
      noun: 'return',
      label: { id: 'Kembali', en: 'Return' },
      doc: { id: 'Buku kembali ke rak.', en: 'The book goes back to its shelf.' },
      from: ['lent'],
      to: 'returned',
      input: { pages_missing: integer({ id: 'Halaman hilang', en: 'Pages missing' }, { min: 0, max: 20_000, initial: 0 }) },
      run: async (_ctx, _row, { pages_missing }: { pages_missing: number }) => ({ pages_missing }),
    },
    {
      noun: 'loss',
      label: { id: 'Nyatakan hilang', en: 'Declare lost' },
      doc: { id: 'Buku dinyatakan hilang.', en: 'The book is declared lost.' },
      from: ['lent'],
      to: 'lost',
      sensitive: true,
    },
  ],
})
