// The places of a community that this member may go to: the same list for the side, the bottom bar and the palette.
import { useMemo } from 'react'
import type { Words } from '#kernel/words.ts'
import { at } from '../addresses.ts'
import { findResource, type Model } from '../model.ts'
import type { IconName } from '../parts/Icon.tsx'
import { iconOf, screensOf } from '../screens.ts'
import { holds, useCommunity } from '../tenant.tsx'

export type Place = { readonly to: string; readonly label: Words; readonly icon: IconName; readonly exact?: boolean }
export type PlaceGroup = { readonly name: string; readonly label: Words | null; readonly places: readonly Place[] }

export const HOME: Words = { id: 'Beranda', en: 'Home' }

function groupsOf(code: string, model: Model): PlaceGroup[] {
  const modules = model.modules
    .filter((module) => module.name !== 'core')
    .map((module): PlaceGroup => {
      const resources = module.resources.filter((resource) => !resource.hidden)
      const pages = (screensOf(module.name).pages ?? []).filter((page) => !page.permission || holds(model.me.permissions, page.permission))
      const hasMap = module.queries.some((query) => /household.map$/.test(query.name))
      return {
        name: module.name,
        label: module.label,
        places: [
          ...resources.map((resource) => ({ to: at.list(code, resource.name), label: resource.label.many, icon: iconOf(resource.name) })),
          ...pages.flatMap((page) =>
            page.label ? [{ to: at.page(code, module.name, page.path), label: page.label, icon: page.icon ?? 'rows' }] : [],
          ),
          ...(hasMap ? [{ to: at.map(code), label: { id: 'Peta rumah tangga', en: 'Household map' }, icon: 'map' as const }] : []),
        ],
      }
    })
    .filter((group) => group.places.length > 0)
  const documents = findResource(model, 'core.documents') !== undefined
  const imports = model.modules.some((module) =>
    module.resources.some((resource) => resource.importers.length > 0 && resource.may.includes('import')),
  )
  return [
    { name: 'home', label: null, places: [{ to: at.home(code), label: HOME, icon: 'home', exact: true }] },
    ...modules,
    {
      name: 'house',
      label: null,
      places: [
        ...(documents ? [{ to: at.list(code, 'core.documents'), label: { id: 'Dokumen', en: 'Documents' }, icon: 'book' as const }] : []),
        ...(imports ? [{ to: at.imports(code), label: { id: 'Impor data', en: 'Import data' }, icon: 'import' as const }] : []),
        { to: at.settings(code), label: { id: 'Pengaturan', en: 'Settings' }, icon: 'settings' },
      ],
    },
  ]
}

export function usePlaces(): readonly PlaceGroup[] {
  const { code, model } = useCommunity()
  return useMemo(() => groupsOf(code, model), [code, model])
}
