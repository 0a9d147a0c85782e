// The states every page can be in besides its own: loading, empty, not found, forbidden, broken, out of reach.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { ApiProblem } from '../api.ts'
import { useSay } from '../words.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { usePageTitle } from './PageHead.tsx'

export const Bone = ({ width = '100%', height = '.8em' }: { width?: string | number; height?: string | number }) => (
  <span className="bone" style={{ width, height }} />
)

/** Skeleton of a page with facts; the shape it will have. */
export function PageBones({ lines = 8 }: { lines?: number }) {
  const say = useSay()
  return (
    <div className="page" aria-busy="true">
      <span className="unseen">{say({ id: 'Memuat…', en: 'Loading…' })}</span>
      <div className="stack" aria-hidden>
        <Bone width="16rem" height="1.7rem" />
        <Bone width="24rem" />
        <br />
        {Array.from({ length: lines }, (_, line) => (
          <Bone key={line} width={`${52 - ((line * 7) % 23)}%`} />
        ))}
      </div>
    </div>
  )
}

type EmptyProps = { icon: IconName; title: string; children?: ReactNode; actions?: ReactNode; page?: boolean }

/** Nothing to show, and why. With `page` it is the whole page, and its title the page's own. */
export function Empty({ icon, title, children, actions, page }: EmptyProps) {
  const heading = usePageTitle(page ? title : null)
  return (
    <div className="empty">
      <Icon name={icon} size={44} />
      {page ? (
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      ) : (
        <h2>{title}</h2>
      )}
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
    </div>
  )
}

export function Note({ tone = 'plain', children }: { tone?: 'plain' | 'wait' | 'harm' | 'good'; children: ReactNode }) {
  const icon = tone === 'good' ? 'check' : tone === 'plain' ? 'info' : 'warn'
  return (
    <div className="note" data-tone={tone}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  )
}

export function NotFound({ home = '/' }: { home?: string }) {
  const say = useSay()
  return (
    <Empty
      page
      icon="search"
      title={say({ id: 'Tidak ada apa-apa di sini', en: 'There is nothing here' })}
      actions={
        <Button component={Link} to={home} variant="default">
          {say({ id: 'Ke beranda', en: 'Go home' })}
        </Button>
      }
    >
      {say({
        id: 'Alamatnya mungkin keliru, datanya sudah dihapus, atau Anda tidak termasuk yang boleh melihatnya.',
        en: 'The address may be mistyped, the record deleted, or you are not among those who may see it.',
      })}
    </Empty>
  )
}

/** Shows an error as something a person can act on. */
export function Trouble({ error, retry, home }: { error: unknown; retry?: () => void; home?: string }) {
  const say = useSay()
  const again = retry && (
    <Button variant="default" onClick={retry}>
      {say({ id: 'Coba lagi', en: 'Try again' })}
    </Button>
  )
  if (error instanceof ApiProblem) {
    if (error.status === 404) return <NotFound {...(home ? { home } : {})} />
    if (error.status === 0)
      return (
        <Empty icon="offline" title={say({ id: 'Server tidak terjangkau', en: 'We cannot reach the server' })} actions={again}>
          {say({
            id: 'Periksa sambungan Anda. Halaman ini memuat sendiri begitu tersambung; isian Anda tetap ada di perangkat ini.',
            en: 'Check your connection. This page loads by itself once it is back; what you were typing is kept on this device.',
          })}
        </Empty>
      )
    if (error.code === 'outside_hours' || error.code === 'outside_network')
      return (
        <Empty
          page
          icon={error.code === 'outside_hours' ? 'clock' : 'map'}
          title={
            error.code === 'outside_hours'
              ? say({ id: 'Di luar jam kerja peran Anda', en: 'Outside the hours of your role' })
              : say({ id: 'Di luar jaringan peran Anda', en: 'Outside the networks of your role' })
          }
          actions={again}
        >
          {error.detail}
        </Empty>
      )
    if (error.status === 403)
      return (
        <Empty icon="shield" title={say({ id: 'Bagian ini bukan untuk peran Anda', en: 'Your role does not include this' })}>
          {error.detail ??
            say({ id: 'Minta admin komunitas Anda jika Anda memerlukannya.', en: 'Ask your community’s administrator if you need it.' })}
        </Empty>
      )
    return (
      <Empty icon="warn" title={error.message} actions={again}>
        {error.detail !== error.message && error.detail}
        {error.requestId && <span className="quiet small"> ({error.requestId})</span>}
      </Empty>
    )
  }
  return (
    <Empty icon="warn" title={say({ id: 'Halaman ini tersandung', en: 'This page stumbled' })} actions={again}>
      {say({
        id: 'Kesalahan ada pada kami, bukan pada Anda. Muat ulang biasanya cukup.',
        en: 'The fault is ours, not yours. Loading it again usually helps.',
      })}
    </Empty>
  )
}

/** One sentence for an error in a small place: under a form, in a notification. */
export function useSentence(): (error: unknown) => string {
  const say = useSay()
  return (error) => {
    if (!(error instanceof ApiProblem)) return say({ id: 'Ada yang tidak beres. Coba lagi.', en: 'Something went wrong. Try again.' })
    if (error.status === 0)
      return say({
        id: 'Server tidak terjangkau. Belum ada yang berubah; coba lagi.',
        en: 'We could not reach the server. Nothing has changed; try again.',
      })
    return error.detail ?? error.message
  }
}
