// What the register shows beyond the generic screens: the family card, doubts about a NIK, and how people are introduced.
import { lazy } from 'react'
import { optional, ref } from '#kernel/resource/field.ts'
import type { Screens } from '#web/screens.ts'
import { addressUnder, areaUnder, citizenUnder, familyUnder } from './subtitles.ts'

const FamilyCard = lazy(() => import('./FamilyCard.tsx').then((m) => ({ default: m.FamilyCard })))
const CitizenFamily = lazy(() => import('./FamilyCard.tsx').then((m) => ({ default: m.CitizenFamily })))
const NikDoubts = lazy(() => import('./NikDoubts.tsx').then((m) => ({ default: m.NikDoubts })))

const SplitForm = lazy(() => import('./SplitForm.tsx').then((m) => ({ default: m.SplitForm })))

export const screens: Screens = {
  actions: { 'registry.families:split': SplitForm },
  record: {
    'registry.families': [{ tab: 'members', label: { id: 'Kartu keluarga', en: 'Family card' }, component: FamilyCard }],
    'registry.citizens': [
      { tab: 'family', label: { id: 'Keluarga', en: 'Family' }, component: CitizenFamily, when: (row) => row['family_id'] !== null },
      { tab: 'nik', label: { id: 'Pemeriksaan NIK', en: 'NIK check' }, component: NikDoubts, when: (row) => row['nik'] !== null },
    ],
  },
  subtitle: {
    'registry.citizens': citizenUnder,
    'registry.families': familyUnder,
    'registry.addresses': addressUnder,
    'registry.areas': areaUnder,
  },
  icons: {
    'registry.citizens': 'person',
    'registry.families': 'people',
    'registry.addresses': 'home',
    'registry.areas': 'pin',
    'registry.population_events': 'calendar',
    'registry.village_profiles': 'book',
  },
  totals: { hamlets: { id: 'dusun', en: 'hamlets' }, rws: { id: 'RW', en: 'RW' }, rts: { id: 'RT', en: 'RT' } },
  memberLimits: {
    area_id: optional(
      ref('registry.areas', { id: 'Wilayah kerja', en: 'Working area' }, { help: { id: 'Untuk peran yang hanya melihat wilayahnya sendiri.', en: 'For roles that see only their own area.' } }),
    ),
  },
}
