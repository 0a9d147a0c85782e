// What the office shows beyond the generic screens.
import type { Screens } from '#web/screens.ts'

export const screens: Screens = { icons: { 'office.apparatus': 'people' } }
