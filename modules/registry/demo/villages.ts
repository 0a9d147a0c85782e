// The invented villages of the demo: their profile, their hamlets, and the names people have there. No place or person is real.

export type DemoVillage = {
  readonly seed: number
  /** District code (6 digits, province 99 does not exist). */
  readonly region: string
  readonly profile: Readonly<Record<string, unknown>>
  /** Hamlet → its RWs; a hamlet without RW has its RTs directly. */
  readonly hamlets: readonly { readonly name: string; readonly rws: readonly string[]; readonly rts: number }[]
  readonly center: { readonly lat: number; readonly lng: number }
  readonly streets: readonly string[]
  readonly men: readonly string[]
  readonly women: readonly string[]
  readonly family: readonly string[]
  readonly birthplaces: readonly string[]
  readonly occupations: readonly string[]
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const SUKAMAJU: DemoVillage = {
  seed: 2026,
  region: '990204',
  profile: {
    name: 'Sukamaju',
    code: '9902042003',
    head_name: 'Haji Mulyadi',
    address: 'Jalan Balai Desa Nomor 1, Sukamaju',
    postal_code: '99204',
    phone: '08000001945',
    email: 'desa@sukamaju.example',
    website: 'https://sukamaju.example',
    description: 'Desa persawahan di kaki bukit, dengan tiga dusun dan sebuah pasar yang ramai setiap Rabu.',
    area_ha: '412.50',
    altitude_m: '318.00',
    district: 'Karangjaya',
    district_code: '990204',
    regency: 'Wanareja Selatan',
    regency_code: '9902',
    province: 'Nusa Contoh',
    province_code: '99',
  },
  hamlets: [
    { name: 'KARANGANYAR', rws: ['001', '002'], rts: 2 },
    { name: 'SINDANGSARI', rws: ['001'], rts: 3 },
    { name: 'CIPEUNDEUY', rws: [], rts: 2 },
  ],
  center: { lat: -5.402, lng: 111.452 },
  streets: ['Jalan Melati', 'Jalan Pasar', 'Gang Mawar', 'Jalan Sawah', 'Gang Kenanga', 'Jalan Bukit'],
  men: words(`
    Agus Asep Bambang Budi Cecep Darto Dedi Dodi Eko Endang Fajar Gilang Hari Iwan Jajang Joko Kurnia Maman Nana
    Rudi Slamet Tatang Ujang Wahyu Yanto Yusuf
  `),
  women: words(`
    Ai Aminah Dewi Elis Entin Euis Fitri Ika Imas Iis Kartini Lilis Mulyani Neneng Nining Nur Rina Rohayati Sari
    Siti Sri Sulastri Tuti Wati Yani Yuliana
  `),
  family: words(`
    Hidayat Kusnadi Permana Saputra Setiawan Suherman Sutisna Wibowo Gunawan Nugraha Rahmat Santoso Supriatna
    Wijaya Kurniawan Maulana
  `),
  birthplaces: ['Sukamaju', 'Karangjaya', 'Wanareja', 'Cikembar'],
  occupations: ['PETANI/PEKEBUN', 'PEDAGANG', 'KARYAWAN SWASTA', 'WIRASWASTA', 'BURUH TANI/PERKEBUNAN', 'GURU', 'SOPIR', 'TUKANG KAYU'],
}

const MERANTIAN: DemoVillage = {
  seed: 1908,
  region: '990311',
  profile: {
    name: 'Merantian',
    code: '9903112005',
    head_name: 'Zulkifli Dt. Rajo Lelo',
    address: 'Jalan Kantor Wali Nagari, Merantian',
    postal_code: '99311',
    phone: '08000001908',
    email: 'nagari@merantian.example',
    description: 'Nagari di tepi danau dengan dua jorong, kebun kopi dan surau tua yang masih dipakai.',
    area_ha: '980.00',
    altitude_m: '742.00',
    district: 'Tanjung Sari',
    district_code: '990311',
    regency: 'Danau Tinggi',
    regency_code: '9903',
    province: 'Nusa Contoh',
    province_code: '99',
  },
  hamlets: [
    { name: 'JORONG KOTO', rws: [], rts: 4 },
    { name: 'JORONG GANTING', rws: ['001', '002'], rts: 2 },
  ],
  center: { lat: -5.121, lng: 111.903 },
  streets: ['Jalan Surau', 'Jalan Danau', 'Labuh Gadang', 'Jalan Kopi', 'Gang Rangkiang'],
  men: words(`
    Afrizal Alfian Arman Bakhtiar Chairul Darman Edison Febri Hamdan Hendra Ilham Irwan Jasril Khairul Mardi
    Nasrul Novri Rahman Ridwan Syafri Syahrul Taufik Yulizar Zainal
  `),
  women: words(`
    Asmi Darwati Desi Elfa Ermawati Eva Fatimah Gusniar Helmi Indah Jusna Kasmawati Lindawati Mardiana Mega
    Nurhayati Nurlela Rahmi Ratna Rosmaini Syafrida Wirda Yulfi Zubaidah
  `),
  family: words('Chaniago Koto Piliang Sikumbang Tanjung Jambak Guci Malayu Pitopang Panyalai'),
  birthplaces: ['Merantian', 'Tanjung Sari', 'Danau Tinggi', 'Padang Data'],
  occupations: ['PETANI/PEKEBUN', 'PEDAGANG', 'WIRASWASTA', 'NELAYAN/PERIKANAN', 'GURU', 'KARYAWAN HONORER', 'PETERNAK'],
}

/** The village that a community shows; any code but Merantian's gets Sukamaju's people. */
export const villageOf = (code: string): DemoVillage => (code === 'merantian' ? MERANTIAN : SUKAMAJU)
