// A population workbook of invented families, in the columns and codes that villages send.
import type { CellOut } from '#kernel/sheet/write-sheet.ts'
import { CITIES, GIVEN, LAST, STREETS } from './people.ts'

export const HEADINGS = [
  'alamat',
  'dusun',
  'rw',
  'rt',
  'nama',
  'no_kk',
  'nik',
  'sex',
  'tempatlahir',
  'tanggallahir',
  'agama_id',
  'pendidikan_kk_id',
  'pekerjaan_id',
  'status_kawin',
  'kk_level',
  'warganegara_id',
  'nama_ayah',
  'nama_ibu',
  'golongan_darah_id',
  'status_dasar',
] as const

const two = (n: number): string => String(n).padStart(2, '0')

/** A NIK that agrees with what it says: region, day of birth (40 more for women), serial. */
function nikOf(day: number, month: number, year: number, woman: boolean, serial: number): string {
  const district = two(1 + (Math.floor(serial / 10_000) % 60))
  return `3204${district}${two(day + (woman ? 40 : 0))}${two(month)}${two(year % 100)}${String(serial % 10_000).padStart(4, '0')}`
}

/** Four people to a family card: head, wife and two children. */
export function* workbookRows(count: number): Generator<CellOut[]> {
  for (let i = 0; i < count; i++) {
    const family = Math.floor(i / 4)
    const place = i % 4
    const woman = place === 1 || (place > 1 && i % 3 === 0)
    const [day, month, year] = [1 + (i % 28), 1 + (i % 12), place < 2 ? 1960 + (i % 35) : 1998 + (i % 24)]
    const area = family % 40
    yield [
      `${STREETS[family % STREETS.length]} No. ${family % 200}`,
      `Dusun ${1 + (area % 4)}`,
      two(1 + (area % 8)),
      two(1 + area),
      `${GIVEN[(i * 7) % GIVEN.length]} ${LAST[(i * 13 + family) % LAST.length]} ${LAST[i % LAST.length]}`,
      `3204011001${String(family).padStart(6, '0')}`,
      nikOf(day, month, year, woman, i),
      woman ? '2' : '1',
      CITIES[i % CITIES.length]!,
      `${year}-${two(month)}-${two(day)}`,
      '1',
      '5',
      '1',
      place < 2 ? '2' : '1',
      ['1', '3', '4', '4'][place]!,
      '1',
      `${GIVEN[(i * 3) % GIVEN.length]}`,
      `${GIVEN[(i * 5) % GIVEN.length]}`,
      '1',
      '1',
    ]
  }
}
