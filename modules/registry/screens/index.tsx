// What the register shows beyond the generic screens: the family card, doubts about a NIK, and how people are introduced.
import { lazy } from 'react'
import { optional, ref } from '#kernel/resource/field.ts'
import type { Screens } from '#web/screens.ts'
import { addressUnder, areaUnder, citizenUnder, familyUnder } from './subtitles.ts'

const FamilyCard = lazy(() => import('./FamilyCard.tsx').then((m) => ({ default: m.FamilyCard })))
const CitizenFamily = lazy(() => import('./FamilyCard.tsx').then((m) => ({ default: m.CitizenFamily })))
const NikDoubts = lazy(() => import('./NikDoubts.tsx').then((m) => ({ default: m.NikDoubts })))

const NikHint = lazy(() => import('./NikHint.tsx').then((m) => ({ default: m.NikHint })))
const NewcomerNikHint = lazy(() => import('./NikHint.tsx').then((m) => ({ default: m.NewcomerNikHint })))
const SplitForm = lazy(() => import('./SplitForm.tsx').then((m) => ({ default: m.SplitForm })))

const Statistics = lazy(() => import('./ledger/Statistics.tsx').then((m) => ({ default: m.Statistics })))
const MonthlyReport = lazy(() => import('./ledger/MonthlyReport.tsx').then((m) => ({ default: m.MonthlyReport })))
const Books = lazy(() => import('./ledger/Books.tsx').then((m) => ({ default: m.Books })))
const HealthTab = lazy(() => import('./health/HealthTab.tsx').then((m) => ({ default: m.HealthTab })))
const Checks = lazy(() => import('./checks/Checks.tsx').then((m) => ({ default: m.Checks })))
const Names = lazy(() => import('./ledger/Names.tsx').then((m) => ({ default: m.Names })))

export const screens: Screens = {
  actions: { 'registry.families:split': SplitForm },
  record: {
    'registry.families': [{ tab: 'members', label: { id: 'Kartu keluarga', en: 'Family card' }, component: FamilyCard }],
    'registry.citizens': [
      { tab: 'family', label: { id: 'Keluarga', en: 'Family' }, component: CitizenFamily, when: (row) => row['family_id'] !== null },
      { tab: 'nik', label: { id: 'Pemeriksaan NIK', en: 'NIK check' }, component: NikDoubts, when: (row) => row['nik'] !== null },
      { tab: 'health', label: { id: 'Kesehatan', en: 'Health' }, component: HealthTab, permission: 'registry.health_records:reveal' },
    ],
  },
  subtitle: {
    'registry.citizens': citizenUnder,
    'registry.families': familyUnder,
    'registry.addresses': addressUnder,
    'registry.areas': areaUnder,
  },
  pages: [
    {
      path: 'statistics',
      label: { id: 'Statistik', en: 'Statistics' },
      icon: 'people',
      component: Statistics,
      permission: 'registry.citizens:read',
    },
    {
      path: 'monthly-report',
      label: { id: 'Laporan bulanan', en: 'Monthly report' },
      icon: 'calendar',
      component: MonthlyReport,
      permission: 'registry.citizens:read',
    },
    {
      path: 'books',
      label: { id: 'Buku penduduk', en: 'Population books' },
      icon: 'book',
      component: Books,
      permission: 'registry.citizens:read',
    },
    {
      path: 'checks',
      label: { id: 'Periksa data', en: 'Check the data' },
      icon: 'check',
      component: Checks,
      permission: 'registry.citizens:read',
    },
    { path: 'names', component: Names, permission: 'registry.citizens:read' },
  ],
  fieldHints: {
    'registry.citizens.nik': NikHint,
    'registry.families:birth.nik': NikHint,
    'registry.citizens:arrival.nik': NewcomerNikHint,
  },
  icons: {
    'registry.citizens': 'person',
    'registry.families': 'people',
    'registry.addresses': 'home',
    'registry.areas': 'pin',
    'registry.population_events': 'calendar',
    'registry.village_profiles': 'book',
    'registry.health_records': 'shield',
    'registry.health_measurements': 'calendar',
    'registry.population_statistics': 'calendar',
  },
  totals: { hamlets: { id: 'dusun', en: 'hamlets' }, rws: { id: 'RW', en: 'RW' }, rts: { id: 'RT', en: 'RT' } },
  memberLimits: {
    area_id: optional(
      ref(
        'registry.areas',
        { id: 'Wilayah kerja', en: 'Working area' },
        { help: { id: 'Untuk peran yang hanya melihat wilayahnya sendiri.', en: 'For roles that see only their own area.' } },
      ),
    ),
  },
}
