// The top of every page: one h1 that is also the tab's title, and receives focus when a person has navigated here.
import { Link } from '@tanstack/react-router'
import { useContext, useEffect, useRef, type ReactNode } from 'react'
import { CommunityContext } from '../tenant.tsx'
import { Icon } from './Icon.tsx'

let navigated = false
/** Called when the path changes; the next page head takes the focus. */
export const expectFocus = (): void => {
  navigated = true
}

type Props = { title: string; under?: ReactNode; back?: { to: string; label: string }; children?: ReactNode }

/** Names the tab after the page, and moves the focus to its heading when a person has navigated here. */
export function usePageTitle(title: string | null): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const community = useContext(CommunityContext)?.model.tenant.name
  useEffect(() => {
    if (title !== null) document.title = [title, community, 'Balai'].filter(Boolean).join(' · ')
  }, [title, community])
  useEffect(() => {
    if (!navigated || !heading.current) return
    navigated = false
    heading.current.focus({ preventScroll: true })
  }, [])
  return heading
}

export function PageHead({ title, under, back, children }: Props) {
  const heading = usePageTitle(title)
  return (
    <header className="page-head">
      <div>
        {back && (
          <Link to={back.to} className="crumb no-print">
            <Icon name="left" size={15} />
            {back.label}
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {under && <p>{under}</p>}
      </div>
      {children && <div className="row no-print">{children}</div>}
    </header>
  )
}
