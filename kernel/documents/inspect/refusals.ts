// Why a file is not taken, said so that its owner knows what to do about it.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'

const REASONS = {
  file_empty: [422, { id: 'Berkas ini kosong (0 bita). Pilih berkas lain.', en: 'This file is empty (0 bytes). Choose another.' }],
  file_type_unknown: [
    415,
    {
      id: 'Berkas ini bukan jenis yang diterima. Kirim PDF, foto (JPEG, PNG, WebP), atau dokumen Word, Excel, PowerPoint dan OpenDocument.',
      en: 'This is not a kind of file that is taken. Send a PDF, a photo (JPEG, PNG, WebP), or a Word, Excel, PowerPoint or OpenDocument file.',
    },
  ],
  file_executable: [415, { id: 'Program tidak diterima sebagai dokumen.', en: 'Programs are not taken as documents.' }],
  file_svg: [
    415,
    {
      id: 'Gambar SVG tidak diterima, karena dapat berisi program. Simpan sebagai PNG atau PDF.',
      en: 'SVG pictures are not taken, because they may hold programs. Save it as PNG or PDF.',
    },
  ],
  file_old_office: [
    415,
    {
      id: 'Dokumen Office lama, atau yang berkata sandi, tidak diterima. Simpan tanpa kata sandi sebagai .docx, .xlsx atau PDF.',
      en: 'Old Office files, or ones with a password, are not taken. Save it without a password as .docx, .xlsx or PDF.',
    },
  ],
  file_other_image: [
    415,
    {
      id: 'Jenis gambar ini tidak diterima. Simpan sebagai JPEG atau PNG.',
      en: 'This kind of picture is not taken. Save it as JPEG or PNG.',
    },
  ],
  file_extension: [
    415,
    {
      id: 'Nama berkas berakhiran {extension}, tetapi isinya {found}. Periksa berkasnya, atau beri nama yang sesuai.',
      en: 'The file’s name ends in {extension}, but its content is {found}. Check the file, or give it a name that fits.',
    },
  ],
  file_macros: [
    415,
    {
      id: 'Dokumen ini berisi makro (program). Simpan tanpa makro, atau sebagai PDF.',
      en: 'This document holds macros (programs). Save it without them, or as PDF.',
    },
  ],
  file_password: [
    422,
    {
      id: 'Berkas ini berkata sandi. Simpan tanpa kata sandi, lalu kirim lagi.',
      en: 'This file has a password. Save it without one, then send it again.',
    },
  ],
  file_two_faced: [
    422,
    {
      id: 'Di dalam berkas ini ada berkas lain yang ditempelkan. Simpan ulang dari program asalnya, lalu kirim lagi.',
      en: 'Another file is appended to this one. Save it anew from the program it comes from, then send it again.',
    },
  ],
  file_bomb: [
    422,
    {
      id: 'Isi berkas ini akan mengembang terlalu besar ketika dibuka.',
      en: 'What is in this file would become too large when it is opened.',
    },
  ],
  file_damaged: [
    422,
    {
      id: 'Berkas ini rusak atau terpotong. Kirim lagi dari aslinya.',
      en: 'This file is damaged or cut off. Send it again from the original.',
    },
  ],
  image_too_large: [
    422,
    {
      id: 'Gambar ini lebih dari {most} megapiksel. Perkecil, lalu kirim lagi.',
      en: 'This picture has more than {most} megapixels. Make it smaller, then send it again.',
    },
  ],
} as const satisfies Record<string, readonly [number, Words]>

export type Reason = keyof typeof REASONS

export const refused = (reason: Reason, more: Record<string, unknown> = {}): Refusal => {
  const [status, words] = REASONS[reason]
  return new Refusal(status, reason, words, [], { more })
}
