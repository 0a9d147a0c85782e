// The code lists of a village register. Codes are those of the requirements; what the old lists knew besides is added, never merged.
// Why each addition exists: docs/decisions/0007-code-lists-of-the-register.md.
import type { Words } from '#kernel/words.ts'

type Codes = Readonly<Record<string, Words>>

const w = (id: string, en: string): Words => ({ id, en })

export const GENDER = { L: w('Laki-laki', 'Male'), P: w('Perempuan', 'Female') } satisfies Codes

export const RELIGION = {
  ISLAM: w('Islam', 'Islam'),
  KRISTEN: w('Kristen', 'Protestant'),
  KATOLIK: w('Katolik', 'Catholic'),
  HINDU: w('Hindu', 'Hindu'),
  BUDDHA: w('Buddha', 'Buddhist'),
  KONGHUCU: w('Khonghucu', 'Confucian'),
  KEPERCAYAAN: w('Kepercayaan terhadap Tuhan YME / lainnya', 'Belief in one God / other'),
} satisfies Codes

/** Highest education finished, as on the family card. */
export const EDUCATION = {
  TIDAK_SEKOLAH: w('Tidak/belum sekolah', 'No schooling (yet)'),
  BELUM_TAMAT_SD: w('Belum tamat SD/sederajat', 'Primary school not finished'),
  SD: w('Tamat SD/sederajat', 'Primary school'),
  SMP: w('SLTP/sederajat', 'Junior secondary school'),
  SMA: w('SLTA/sederajat', 'Senior secondary school'),
  D1: w('Diploma I', 'Diploma I'),
  D2: w('Diploma II', 'Diploma II'),
  D1_D2: w('Diploma I/II', 'Diploma I/II'),
  D3: w('Akademi/Diploma III/Sarjana Muda', 'Academy/Diploma III'),
  S1: w('Diploma IV/Strata I', 'Diploma IV/Bachelor'),
  S2: w('Strata II', 'Master'),
  S3: w('Strata III', 'Doctor'),
} satisfies Codes

/** What the person is studying now. */
export const SCHOOLING = {
  BELUM_TK: w('Belum masuk TK/kelompok bermain', 'Not yet in kindergarten'),
  TK: w('Sedang TK/kelompok bermain', 'In kindergarten'),
  TIDAK_PERNAH: w('Tidak pernah sekolah', 'Never went to school'),
  SD: w('Sedang SD/sederajat', 'In primary school'),
  TIDAK_TAMAT_SD: w('Tidak tamat SD/sederajat', 'Left primary school'),
  SMP: w('Sedang SLTP/sederajat', 'In junior secondary school'),
  SMA: w('Sedang SLTA/sederajat', 'In senior secondary school'),
  D1: w('Sedang D-1/sederajat', 'In Diploma I'),
  D2: w('Sedang D-2/sederajat', 'In Diploma II'),
  D3: w('Sedang D-3/sederajat', 'In Diploma III'),
  S1: w('Sedang S-1/sederajat', 'In bachelor studies'),
  S2: w('Sedang S-2/sederajat', 'In master studies'),
  S3: w('Sedang S-3/sederajat', 'In doctoral studies'),
  SLB_A: w('Sedang SLB A/sederajat', 'In special school A'),
  SLB_B: w('Sedang SLB B/sederajat', 'In special school B'),
  SLB_C: w('Sedang SLB C/sederajat', 'In special school C'),
  BUTA_HURUF: w('Tidak dapat membaca dan menulis huruf Latin/Arab', 'Cannot read or write Latin or Arabic script'),
  TIDAK_SEDANG: w('Tidak sedang sekolah', 'Not at school'),
} satisfies Codes

export const MARITAL_STATUS = {
  BELUM_KAWIN: w('Belum kawin', 'Never married'),
  KAWIN: w('Kawin', 'Married'),
  CERAI_HIDUP: w('Cerai hidup', 'Divorced'),
  CERAI_MATI: w('Cerai mati', 'Widowed'),
} satisfies Codes

export const BLOOD_TYPE = {
  A: w('A', 'A'),
  B: w('B', 'B'),
  AB: w('AB', 'AB'),
  O: w('O', 'O'),
  TIDAK_TAHU: w('Tidak tahu', 'Not known'),
} satisfies Codes

export const RHESUS = { POSITIF: w('Positif (+)', 'Positive (+)'), NEGATIF: w('Negatif (−)', 'Negative (−)') } satisfies Codes

export const CITIZENSHIP = {
  WNI: w('WNI', 'Indonesian'),
  WNA: w('WNA', 'Foreign'),
  DUA_KEWARGANEGARAAN: w('Dua kewarganegaraan', 'Dual citizenship'),
} satisfies Codes

/** Place in the family (SHDK, status hubungan dalam keluarga). */
export const RELATIONSHIP = {
  KEPALA_KELUARGA: w('Kepala keluarga', 'Head of family'),
  SUAMI: w('Suami', 'Husband'),
  ISTRI: w('Istri', 'Wife'),
  ANAK: w('Anak', 'Child'),
  MENANTU: w('Menantu', 'Child-in-law'),
  CUCU: w('Cucu', 'Grandchild'),
  ORANG_TUA: w('Orang tua', 'Parent'),
  MERTUA: w('Mertua', 'Parent-in-law'),
  FAMILI_LAIN: w('Famili lain', 'Other relative'),
  PEMBANTU: w('Pembantu', 'Domestic worker'),
  LAINNYA: w('Lainnya', 'Other'),
} satisfies Codes

/** Whether a person counts: what their latest event made of them. */
export const STATUS = {
  ALIVE: w('Hidup', 'Living here'),
  DECEASED: w('Meninggal', 'Deceased'),
  MOVED: w('Pindah', 'Moved away'),
  MISSING: w('Hilang', 'Missing'),
  AWAY: w('Pergi', 'Away'),
  INVALID: w('Tidak valid', 'Not valid'),
} satisfies Codes
export type Status = keyof typeof STATUS

/** Statuses of people who still belong to the village: their NIK is taken, they can be head of a family. */
export const ACTIVE_STATUSES = ['ALIVE', 'MISSING', 'AWAY'] as const satisfies readonly Status[]

export const RESIDENCY = { TETAP: w('Tetap', 'Permanent'), TIDAK_TETAP: w('Tidak tetap', 'Temporary') } satisfies Codes

export const NIK_STATUS = { PERMANENT: w('Ada', 'Given'), TEMPORARY: w('Sementara', 'Temporary') } satisfies Codes

export const SOCIAL_STATUS = {
  MAMPU: w('Mampu', 'Well off'),
  KURANG_MAMPU: w('Kurang mampu', 'Less well off'),
  MISKIN: w('Miskin', 'Poor'),
} satisfies Codes

/** Family welfare stage (kelas sosial, BKKBN). */
export const WELFARE_CLASS = {
  PRA_SEJAHTERA: w('Keluarga Pra Sejahtera', 'Pre-prosperous family'),
  SEJAHTERA_1: w('Keluarga Sejahtera I', 'Prosperous family I'),
  SEJAHTERA_2: w('Keluarga Sejahtera II', 'Prosperous family II'),
  SEJAHTERA_3: w('Keluarga Sejahtera III', 'Prosperous family III'),
  SEJAHTERA_3_PLUS: w('Keluarga Sejahtera III Plus', 'Prosperous family III Plus'),
} satisfies Codes

export const DISABILITY = {
  FISIK: w('Disabilitas fisik', 'Physical disability'),
  NETRA: w('Disabilitas netra', 'Visual disability'),
  RUNGU_WICARA: w('Disabilitas rungu/wicara', 'Hearing/speech disability'),
  MENTAL: w('Disabilitas mental', 'Mental disability'),
  FISIK_MENTAL: w('Disabilitas fisik dan mental', 'Physical and mental disability'),
  LAINNYA: w('Disabilitas lainnya', 'Other disability'),
  TIDAK_ADA: w('Tidak ada', 'None'),
} satisfies Codes

export const CHRONIC_ILLNESS = {
  JANTUNG: w('Jantung', 'Heart disease'),
  LEVER: w('Lever', 'Liver disease'),
  PARU_PARU: w('Paru-paru', 'Lung disease'),
  KANKER: w('Kanker', 'Cancer'),
  STROKE: w('Stroke', 'Stroke'),
  DIABETES: w('Diabetes melitus', 'Diabetes mellitus'),
  GINJAL: w('Ginjal', 'Kidney disease'),
  MALARIA: w('Malaria', 'Malaria'),
  KUSTA: w('Lepra/kusta', 'Leprosy'),
  HIV_AIDS: w('HIV/AIDS', 'HIV/AIDS'),
  GANGGUAN_JIWA: w('Gangguan jiwa', 'Mental illness'),
  TBC: w('TBC', 'Tuberculosis'),
  ASMA: w('Asma', 'Asthma'),
  TIDAK_ADA: w('Tidak ada/tidak sakit', 'None'),
} satisfies Codes

export const CONTRACEPTION = {
  PIL: w('Pil', 'Pill'),
  IUD: w('IUD', 'IUD'),
  SUNTIK: w('Suntik', 'Injection'),
  KONDOM: w('Kondom', 'Condom'),
  SUSUK: w('Susuk KB', 'Implant'),
  STERILISASI_WANITA: w('Sterilisasi wanita', 'Female sterilisation'),
  STERILISASI_PRIA: w('Sterilisasi pria', 'Male sterilisation'),
  LAINNYA: w('Lainnya', 'Other'),
  TIDAK_MENGGUNAKAN: w('Tidak menggunakan', 'None used'),
} satisfies Codes

export const PREGNANCY = { HAMIL: w('Hamil', 'Pregnant'), TIDAK_HAMIL: w('Tidak hamil', 'Not pregnant') } satisfies Codes

export const INSURANCE = {
  TIDAK_PUNYA: w('Tidak/belum punya', 'None (yet)'),
  BPJS_PBI: w('BPJS penerima bantuan iuran', 'BPJS, premium paid by the state'),
  BPJS_NON_PBI: w('BPJS bukan penerima bantuan iuran', 'BPJS, premium paid by the member'),
  BPJS_DAERAH: w('BPJS bantuan daerah', 'BPJS, premium paid by the region'),
  LAINNYA: w('Asuransi lainnya', 'Other insurance'),
} satisfies Codes

export const IDENTITY_CARD = {
  BELUM: w('Belum', 'None yet'),
  KTP_EL: w('KTP-el', 'KTP-el'),
  KIA: w('KIA', 'Child card (KIA)'),
} satisfies Codes

/** How far the identity card has come. */
export const CARD_STAGE = {
  BELUM_WAJIB: w('Belum wajib', 'Not yet required'),
  BELUM_REKAM: w('Belum rekam', 'Not yet recorded'),
  SUDAH_REKAM: w('Sudah rekam', 'Recorded'),
  CARD_PRINTED: w('Kartu dicetak', 'Card printed'),
  PRINT_READY_RECORD: w('Siap cetak', 'Ready to print'),
  CARD_SHIPPED: w('Kartu dikirim', 'Card shipped'),
  SENT_FOR_PRINTING: w('Dikirim untuk dicetak', 'Sent for printing'),
  CARD_ISSUED: w('Kartu diterbitkan', 'Card issued'),
} satisfies Codes

export const LITERACY = {
  LATIN: w('Latin', 'Latin'),
  DAERAH: w('Daerah', 'Regional'),
  ARAB: w('Arab', 'Arabic'),
  ARAB_LATIN: w('Arab dan Latin', 'Arabic and Latin'),
  ARAB_DAERAH: w('Arab dan daerah', 'Arabic and regional'),
  SEMUA: w('Arab, Latin dan daerah', 'Arabic, Latin and regional'),
} satisfies Codes

export const BIRTHPLACE_KIND = {
  RUMAH_SAKIT: w('RS/RB', 'Hospital/maternity hospital'),
  PUSKESMAS: w('Puskesmas', 'Community health centre'),
  POLINDES: w('Polindes', 'Village maternity post'),
  RUMAH: w('Rumah', 'Home'),
  LAINNYA: w('Lainnya', 'Elsewhere'),
} satisfies Codes

export const BIRTH_KIND = {
  TUNGGAL: w('Tunggal', 'Single'),
  KEMBAR_2: w('Kembar 2', 'Twins'),
  KEMBAR_3: w('Kembar 3', 'Triplets'),
  KEMBAR_4: w('Kembar 4', 'Quadruplets'),
} satisfies Codes

export const BIRTH_ATTENDANT = {
  DOKTER: w('Dokter', 'Doctor'),
  BIDAN: w('Bidan/perawat', 'Midwife/nurse'),
  DUKUN: w('Dukun', 'Traditional midwife'),
  LAINNYA: w('Lainnya', 'Other'),
} satisfies Codes

export const EVENT_KIND = {
  OPENING: w('Pendataan awal', 'First entry'),
  BIRTH: w('Lahir', 'Birth'),
  DEATH: w('Meninggal', 'Death'),
  ARRIVAL: w('Pindah masuk', 'Arrival'),
  DEPARTURE: w('Pindah keluar', 'Departure'),
  MISSING: w('Hilang', 'Disappearance'),
  AWAY: w('Pergi', 'Going away'),
  RETURN: w('Kembali', 'Return'),
  CORRECTION: w('Pembatalan', 'Undoing'),
  CHANGE: w('Perubahan data', 'Change of data'),
  REMOVED: w('Dihapus dari buku', 'Taken out of the books'),
  RESTORED: w('Dikembalikan ke buku', 'Put back into the books'),
} satisfies Codes
export type EventKind = keyof typeof EVENT_KIND

export const MOVE_KIND = {
  ANTAR_DESA: w('Keluar desa/kelurahan', 'To another village of the district'),
  ANTAR_KECAMATAN: w('Keluar kecamatan', 'To another district of the regency'),
  ANTAR_KABUPATEN: w('Keluar kabupaten/kota', 'To another regency of the province'),
  ANTAR_PROVINSI: w('Keluar provinsi', 'To another province'),
} satisfies Codes

export const DEATH_CAUSE = {
  SAKIT_TUA: w('Sakit biasa/tua', 'Illness/old age'),
  WABAH: w('Wabah penyakit', 'Epidemic'),
  KECELAKAAN: w('Kecelakaan', 'Accident'),
  KRIMINALITAS: w('Kriminalitas', 'Crime'),
  BUNUH_DIRI: w('Bunuh diri', 'Suicide'),
  LAINNYA: w('Lainnya', 'Other'),
} satisfies Codes

export const DEATH_WITNESS = {
  DOKTER: w('Dokter', 'Doctor'),
  TENAGA_KESEHATAN: w('Tenaga kesehatan', 'Health worker'),
  KEPOLISIAN: w('Kepolisian', 'Police'),
  LAINNYA: w('Lainnya', 'Other'),
} satisfies Codes

export const AREA_KIND = { hamlet: w('Dusun', 'Hamlet'), rw: w('RW', 'RW'), rt: w('RT', 'RT') } satisfies Codes
