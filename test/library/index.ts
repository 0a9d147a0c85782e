// A module that exists only in tests: a village library. It proves what one declaration gives, without any module's help.
import type { ResourcePolicy } from '#kernel/access/policy.ts'
import type { Module } from '#kernel/module.ts'
import { notificationKind } from '#kernel/notifications/kind.ts'
import { action } from '#kernel/resource/action.ts'
import { choice, day, decimal, flag, integer, json, longText, optional, point, ref, secret, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { updateRow } from '#kernel/resource/store.ts'
import { setting } from '#kernel/settings/fact.ts'
import { answerHours, loans, loanWorkflow } from './loans.ts'

export const shelves = resource('library.shelves', {
  label: { one: { id: 'Rak', en: 'Shelf' }, many: { id: 'Rak', en: 'Shelves' } },
  doc: 'A shelf in the village library.',
  fields: {
    code: text({ id: 'Kode', en: 'Code' }, { min: 1, max: 10, pattern: '[A-Z0-9-]+' }),
    place: optional(point({ id: 'Tempat', en: 'Place' })),
  },
  title: ['code'],
  search: ['code'],
  list: ['code'],
  sort: ['code'],
  unique: [
    { name: 'shelves_code_key', fields: ['code'], message: { id: 'Kode rak sudah dipakai.', en: 'This shelf code is already used.' } },
  ],
})

export const books = resource('library.books', {
  label: { one: { id: 'Buku', en: 'Book' }, many: { id: 'Buku', en: 'Books' } },
  doc: 'A book that people may borrow.',
  fields: {
    title: text({ id: 'Judul', en: 'Title' }, { min: 1, max: 200 }),
    shelf_id: optional(ref('library.shelves', { id: 'Rak', en: 'Shelf' })),
    kind: choice({ id: 'Jenis', en: 'Kind' }, { novel: { id: 'Novel', en: 'Novel' }, guide: { id: 'Panduan', en: 'Guide' } }),
    pages: integer({ id: 'Halaman', en: 'Pages' }, { min: 1, max: 20_000 }),
    price: optional(decimal({ id: 'Harga', en: 'Price' }, { min: 0 })),
    bought_on: optional(day({ id: 'Dibeli', en: 'Bought on' }, { from: '1900-01-01', until: 'today' })),
    lent: flag({ id: 'Dipinjam', en: 'Lent' }, { readonly: true }),
    summary: optional(longText({ id: 'Ringkasan', en: 'Summary' })),
    subjects: tags({ id: 'Pokok', en: 'Subjects' }, { initial: [] }),
    extra: json({ id: 'Lainnya', en: 'Other' }, { initial: {} }),
    donor_phone: optional(secret(text({ id: 'Telepon penyumbang', en: 'Donor’s phone' }, { max: 20, format: 'phone' }), 'equal', [4, 2])),
    donor_address: optional(secret(text({ id: 'Alamat penyumbang', en: 'Donor’s address' }, { max: 255 }), 'words')),
  },
  title: ['title'],
  search: ['title'],
  list: ['title', 'kind', 'shelf_id', 'lent'],
  sort: ['title', 'pages'],
  filter: ['kind', 'pages', 'bought_on', 'lent', 'subjects', 'shelf_id', 'shelf_id.code'],
  unique: [
    {
      name: 'books_donor_phone_key',
      fields: ['donor_phone', 'title'],
      message: { id: 'Buku ini sudah disumbangkan.', en: 'This book was already donated.' },
    },
  ],
})

export const lend = action<{ to: string }>({
  resource: 'library.books',
  noun: 'loan',
  label: { id: 'Pinjamkan', en: 'Lend' },
  doc: { id: 'Seseorang membawa buku ini pulang.', en: 'Somebody takes the book home.' },
  input: { to: text({ id: 'Kepada', en: 'To' }, { max: 100 }) },
  when: (row) => row['lent'] === false,
  run: async (ctx, row, { to }) => {
    await updateRow(ctx, books, row.id, { lent: true })
    await ctx.emit('library.book_lent', 'library.books', row.id, { to })
  },
})

export const loanDays = setting({
  name: 'library.loan_days',
  category: 'records',
  public: true,
  field: integer({ id: 'Lama pinjam (hari)', en: 'Loan period (days)' }, { min: 1, max: 60, initial: 14 }),
})
export const finePerDay = setting({
  name: 'library.fine_per_day',
  category: 'records',
  field: optional(decimal({ id: 'Denda per hari', en: 'Fine per day' }, { min: 0, initial: '500.00' })),
})
export const closedOn = setting({
  name: 'library.closed_on',
  category: 'records',
  field: tags({ id: 'Hari tutup', en: 'Closed on' }, { initial: [] }),
})
export const lending = setting({
  name: 'library.lending',
  category: 'records',
  field: flag({ id: 'Boleh dipinjam', en: 'Lending' }, { initial: true }),
})
export const gatewayPassword = setting({
  name: 'library.gateway_password',
  category: 'security',
  field: optional(secret(text({ id: 'Kata sandi gerbang SMS', en: 'SMS gateway password' }, { max: 100 }))),
})

const BOOK = {
  title: { label: { id: 'judul buku', en: 'title of the book' }, example: { id: 'Laskar Pelangi', en: 'The Rainbow Troops' } },
}
export const bookArrived = notificationKind({
  name: 'library.book_arrived',
  label: { id: 'Buku datang', en: 'A book has arrived' },
  doc: { id: 'Buku baru ada di rak.', en: 'A new book is on its shelf.' },
  type: 'info',
  title: { id: 'Buku datang: {title}', en: 'A book has arrived: {title}' },
  text: { id: '{title} sudah ada di rak.', en: '{title} is on its shelf.' },
  places: BOOK,
  ways: ['mail', 'push'],
})
export const bookBurning = notificationKind({
  name: 'library.book_burning',
  label: { id: 'Buku terbakar', en: 'A book is burning' },
  doc: { id: 'Segera ambil ember.', en: 'Fetch a bucket at once.' },
  type: 'error',
  title: { id: '{title} terbakar', en: '{title} is burning' },
  text: { id: 'Segera ke {community}.', en: 'Come to {community} at once.' },
  places: BOOK,
  ways: ['mail', 'sms'],
  urgent: true,
})

const policy: readonly ResourcePolicy[] = [
  {
    resource: 'library.books',
    visibility: [{ name: 'novels', label: { id: 'Hanya novel', en: 'Novels only' }, rows: () => `t.kind = 'novel'` }],
  },
]

export const library: Module = {
  name: 'library',
  label: { id: 'Perpustakaan', en: 'Library' },
  doc: 'The village library.',
  uses: [],
  resources: [shelves, books, loans],
  workflows: [loanWorkflow],
  actions: [lend as never],
  settings: [loanDays, finePerDay, closedOn, lending, gatewayPassword, answerHours],
  notifications: [bookArrived, bookBurning],
  policy,
  roles: [
    { name: 'Pustakawan', description: { id: 'Mengurus perpustakaan.', en: 'Runs the library.' }, permissions: ['library.*:*'] },
    {
      name: 'Pembaca novel',
      description: { id: 'Melihat novel saja.', en: 'Sees novels only.' },
      permissions: ['library.*:read', 'library.books:update'],
      visibility: { 'library.books': 'novels' },
    },
  ],
}
