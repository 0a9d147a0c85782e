// /app/{tenant}/{module}/{plural}: the generic list, or a page that the module brings itself.
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { at } from '../addresses.ts'
import { ResourceList } from '../list/ResourceList.tsx'
import { isSingle } from '../list/one-only.ts'
import { NotFound, PageBones } from '../parts/States.tsx'
import { screensOf } from '../screens.ts'
import { holds, useCommunity, useResource } from '../tenant.tsx'

// Brings the record page along, which a list does not need.
const Single = lazy(() => import('../list/Single.tsx').then((m) => ({ default: m.Single })))

export default function ListPage() {
  const { module = '', plural = '' } = useParams({ strict: false }) as { module?: string; plural?: string }
  const { code, model } = useCommunity()
  const resource = useResource(`${module}.${plural}`)
  const page = screensOf(module).pages?.find((one) => one.path === plural)
  if (page && model.modules.some((one) => one.name === module) && (!page.permission || holds(model.me.permissions, page.permission)))
    return <page.component key={plural} />
  if (!resource) return <NotFound home={at.home(code)} />
  if (isSingle(resource))
    return (
      <Suspense fallback={<PageBones />}>
        <Single key={resource.name} resource={resource} />
      </Suspense>
    )
  return <ResourceList key={resource.name} resource={resource} />
}
