// Invented people and places, in numbers and names that read like a village's: no list was copied from a register.

/** Given names. "Siti" stands twice: about 1.6 in a hundred people, so that a search for it finds many but not most. */
export const GIVEN = `Siti Siti Ahmad Budi Dewi Eko Fitri Gunawan Hadi Indah Joko Kartika Lestari Made Nur Oktavia Putri Rahmat Sari Tono
Umar Vina Wahyu Yanto Zainal Agus Bambang Cahya Dian Endang Fajar Galih Hendra Iwan Jamal Kurnia Lina Mega Ningsih Oman Paramita Ratna
Slamet Tuti Ujang Vera Wulan Yuli Zahra Arif Bagus Citra Darmawan Ester Farida Ganda Hasan Ika Jaya Komang Laksmi Mulyani Nanda Omar Puspita
Ridwan Santi Teguh Usman Veronika Wayan Yusuf Zulkifli Anisa Bayu Chandra Dedi Erna Firman Gita Herman Irma Juwita Kadek Luh Maya Nyoman
Olivia Prasetyo Rina Sutrisno Tika Utami Viktor Widodo Yeni Zaki Asep Bintang Cecep Dina Edi Febri Gilang Hesti Imam Jumadi Karno Laila
Mardi Nova Otong Puji Rudi Sulastri Tari Untung Vivi Wati Yoga Zubaidah`.split(/\s+/)

/** Family and second names. */
export const LAST = `Saputra Wijaya Santoso Hidayat Kusuma Pratama Nugroho Setiawan Rahmawati Susanti Wibowo Handayani Purnomo Suryadi Halim
Permana Maulana Firmansyah Hakim Syahputra Ramadhan Anggraini Safitri Wulandari Kurniawan Hartono Sudirman Iskandar Basuki Mahendra
Suharto Yulianti Astuti Rahayu Marlina Hasibuan Siregar Nasution Lubis Harahap Tanjung Chaniago Simatupang Sinaga Manurung Situmorang
Pangestu Adiputra Baskoro Cahyono Darmadi Efendi Fadillah Gunadi Haryanto Irawan Jatmiko Kuncoro Lazuardi Mustofa Nurdin Oktaviani
Prabowo Qomarudin Rosidin Subagyo Tarigan Usodo Vidianto Waluyo Yudhistira Zakaria Ardiansyah Budiman Chaerul Djatmika Erlangga Fauzi
Ginting Hutapea Ismail Junaedi Kartono Latief Mansur Natalia Ongko Pamungkas Rachman Sembiring Tambunan Utomo Vebrian Wicaksono`.split(
  /\s+/,
)

export const CITIES = [
  'Bandung',
  'Garut',
  'Sumedang',
  'Cirebon',
  'Tegal',
  'Solo',
  'Blitar',
  'Jember',
  'Padang',
  'Bukittinggi',
  'Ubud',
  'Singaraja',
]
export const JOBS = [
  'BELUM/TIDAK BEKERJA',
  'PELAJAR/MAHASISWA',
  'PETANI/PEKEBUN',
  'BURUH TANI/PERKEBUNAN',
  'WIRASWASTA',
  'KARYAWAN SWASTA',
  'GURU',
  'PEDAGANG',
  'NELAYAN/PERIKANAN',
]
export const STREETS = [
  'Jl. Kenari',
  'Jl. Melati',
  'Jl. Mawar',
  'Jl. Diponegoro',
  'Jl. Raya Desa',
  'Gang Buntu',
  'Jl. Sawah Lega',
  'Jl. Pasar Lama',
]

export type Community = { readonly code: string; readonly name: string; readonly residents: number }

/** Residents of the communities of the large data set: three cities' worth, then a tail of villages; 1,000,000 at scale 1. */
export function communities(scale: number): Community[] {
  const tail = 47
  const sizes = [200_000, 120_000, 80_000]
  const rest = 1_000_000 - 400_000
  const [most, least] = [(2 * rest) / tail - 5_800, 5_800]
  for (let i = 0; i < tail; i++) sizes.push(most - ((most - least) * i) / (tail - 1))
  // Whole families of four; what rounding loses goes to the last village.
  const whole = sizes.map((n) => Math.max(4, Math.round((n * scale) / 4) * 4))
  const missing = 1_000_000 * scale - whole.reduce((sum, n) => sum + n, 0)
  whole[whole.length - 1] = (whole.at(-1) ?? 0) + Math.round(missing / 4) * 4
  return whole.map((residents, i) => ({ code: `desa-${String(i + 1).padStart(2, '0')}`, name: `Desa Contoh ${i + 1}`, residents }))
}
