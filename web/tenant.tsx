// The community on the screen and its model, for every screen inside the frame.
import { createContext, useContext } from 'react'
import { findResource, type Model, type ResourceFacts } from './model.ts'

export type Community = { readonly code: string; readonly model: Model }

export const CommunityContext = createContext<Community | null>(null)

export function useCommunity(): Community {
  const community = useContext(CommunityContext)
  if (!community) throw new Error('useCommunity outside the frame')
  return community
}

/** The facts of a resource, or undefined when this member may not see it (or it does not exist: the same). */
export function useResource(name: string): ResourceFacts | undefined {
  return findResource(useCommunity().model, name)
}

/** Whether this member holds a permission, by the same wildcards the server uses. */
export const holds = (permissions: readonly string[], wanted: string): boolean => {
  const [resource = '', verb = ''] = wanted.split(':')
  const [module = ''] = resource.split('.')
  return permissions.some((permission) => {
    const [what, may] = permission.split(':')
    return (what === '*' || what === '*.*' || what === `${module}.*` || what === resource) && (may === '*' || may === verb)
  })
}
