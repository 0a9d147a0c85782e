// /app/{tenant}/{module}/{plural}: the generic list, or a page that the module brings itself.
import { useParams } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { ResourceList } from '../list/ResourceList.tsx'
import { Single } from '../list/Single.tsx'
import { isSingle } from '../list/one-only.ts'
import { NotFound } from '../parts/States.tsx'
import { screensOf } from '../screens.ts'
import { holds, useCommunity, useResource } from '../tenant.tsx'

export default function ListPage() {
  const { module = '', plural = '' } = useParams({ strict: false }) as { module?: string; plural?: string }
  const { code, model } = useCommunity()
  const resource = useResource(`${module}.${plural}`)
  const page = screensOf(module).pages?.find((one) => one.path === plural)
  if (page && model.modules.some((one) => one.name === module) && (!page.permission || holds(model.me.permissions, page.permission)))
    return <page.component key={plural} />
  if (!resource) return <NotFound home={at.home(code)} />
  if (isSingle(resource)) return <Single key={resource.name} resource={resource} />
  return <ResourceList key={resource.name} resource={resource} />
}
