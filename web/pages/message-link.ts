// The link of a message: its secret stands after the #, which browsers send to nobody, and leaves the address bar as soon as it is read.
import { useEffect, useState } from 'react'

/** Kept in memory only, by page, so that signing in on the way does not lose it. */
const held = new Map<string, string>()

/** The token in the address of this page; '' when there is none. */
export function useMessageToken(page: string): string {
  const [token] = useState(() => {
    const given = /^#([A-Za-z0-9_-]{20,100})$/.exec(location.hash)?.[1]
    if (given) held.set(page, given)
    return given ?? held.get(page) ?? ''
  })
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return token
}

/** After it was used. */
export const dropMessageToken = (page: string): void => void held.delete(page)
