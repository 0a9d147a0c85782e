// Codes of health facts: kinds of insurance as the requirement has them, and the vaccines of the national programme.
import type { Words } from '#kernel/words.ts'

const w = (id: string, en: string): Words => ({ id, en })

export const INSURANCE_TYPE = {
  BPJS_KESEHATAN: w('BPJS Kesehatan', 'BPJS Kesehatan (national health insurance)'),
  BPJS_KETENAGAKERJAAN: w('BPJS Ketenagakerjaan', 'BPJS Ketenagakerjaan (employment insurance)'),
  ASURANSI_SWASTA: w('Asuransi swasta', 'Private insurance'),
  TIDAK_ADA: w('Tidak ada', 'None'),
} satisfies Record<string, Words>

/** Routine, booster and school-age immunisation (Permenkes 12/2017 and later additions: PCV, rotavirus, HPV), and COVID-19. */
export const VACCINE = {
  HB0: w('Hepatitis B (HB-0)', 'Hepatitis B (birth dose)'),
  BCG: w('BCG', 'BCG'),
  POLIO_1: w('Polio tetes 1', 'Oral polio 1'),
  POLIO_2: w('Polio tetes 2', 'Oral polio 2'),
  POLIO_3: w('Polio tetes 3', 'Oral polio 3'),
  POLIO_4: w('Polio tetes 4', 'Oral polio 4'),
  IPV_1: w('Polio suntik 1 (IPV)', 'Injected polio 1 (IPV)'),
  IPV_2: w('Polio suntik 2 (IPV)', 'Injected polio 2 (IPV)'),
  DPT_HB_HIB_1: w('DPT-HB-Hib 1', 'DPT-HB-Hib 1'),
  DPT_HB_HIB_2: w('DPT-HB-Hib 2', 'DPT-HB-Hib 2'),
  DPT_HB_HIB_3: w('DPT-HB-Hib 3', 'DPT-HB-Hib 3'),
  DPT_HB_HIB_LANJUTAN: w('DPT-HB-Hib lanjutan', 'DPT-HB-Hib booster'),
  PCV_1: w('PCV 1', 'Pneumococcal 1'),
  PCV_2: w('PCV 2', 'Pneumococcal 2'),
  PCV_3: w('PCV 3', 'Pneumococcal 3'),
  ROTAVIRUS_1: w('Rotavirus 1', 'Rotavirus 1'),
  ROTAVIRUS_2: w('Rotavirus 2', 'Rotavirus 2'),
  ROTAVIRUS_3: w('Rotavirus 3', 'Rotavirus 3'),
  MR: w('Campak-rubela (MR)', 'Measles-rubella'),
  MR_LANJUTAN: w('Campak-rubela lanjutan', 'Measles-rubella booster'),
  JE: w('Japanese encephalitis', 'Japanese encephalitis'),
  DT: w('DT', 'Diphtheria-tetanus (DT)'),
  TD: w('Td', 'Tetanus-diphtheria (Td)'),
  HPV: w('HPV', 'HPV'),
  COVID_19: w('COVID-19', 'COVID-19'),
  INFLUENZA: w('Influenza', 'Influenza'),
  LAINNYA: w('Lainnya', 'Other'),
} satisfies Record<string, Words>

/** One entry of a record's vaccinations. */
export type Vaccination = { readonly vaccine: keyof typeof VACCINE; readonly given_on: string; readonly place: string | null }
