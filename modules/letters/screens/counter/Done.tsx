// What came out: the number, the paper to print, and what happens next.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { apiAt, at } from '#web/addresses.ts'
import { withSearch } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'

export type Made =
  | { readonly kind: 'letter'; readonly id: string; readonly status: string; readonly number: string | null; readonly name: string | null }
  | { readonly kind: 'request'; readonly id: string; readonly queue: number; readonly name: string | null }

export const paperAddress = (code: string, id: string): string => withSearch(apiAt.tenant(code, 'letters/paper'), { letter_id: id })

export function Done({ made, next }: { made: Made; next: () => void }) {
  const say = useSay()
  const { code } = useCommunity()
  const first = useRef<HTMLAnchorElement>(null)
  // The next key prints, or goes on.
  useEffect(() => first.current?.focus(), [])
  const resource = made.kind === 'letter' ? 'letters.generated_letters' : 'letters.letter_requests'
  const record = at.record(code, resource, made.id)
  return (
    <section className="counter-done" role="status">
      {made.kind === 'request' ? (
        <>
          <p className="soft">{say({ id: 'Nomor antrean', en: 'Queue number' })}</p>
          <p className="counter-number">{made.queue}</p>
          <p>
            {say(
              { id: 'Permohonan {name} diterima dan menunggu petugas.', en: '{name}’s request is in and waits for an officer.' },
              { name: made.name ?? '' },
            )}
          </p>
        </>
      ) : made.number ? (
        <>
          <p className="soft">{say({ id: 'Nomor surat', en: 'Letter number' })}</p>
          <p className="counter-number">{made.number}</p>
          <p>
            {say(
              {
                id: 'Surat {name} terbit. Cetak, lalu mintakan tanda tangan.',
                en: '{name}’s letter is issued. Print it, then have it signed.',
              },
              { name: made.name ?? '' },
            )}
          </p>
        </>
      ) : (
        <p>
          {made.status === 'draft'
            ? say({ id: 'Konsep disimpan.', en: 'The draft is kept.' })
            : say({
                id: 'Konsep dikirim untuk diperiksa; nomornya menyusul.',
                en: 'The draft was sent to be checked; its number follows.',
              })}
        </p>
      )}
      <div className="row">
        {made.kind === 'letter' && (
          <Button
            component="a"
            ref={first}
            href={paperAddress(code, made.id)}
            target="_blank"
            rel="noopener"
            leftSection={<Icon name="print" size={16} />}
          >
            {say({ id: 'Buka PDF', en: 'Open the PDF' })}
          </Button>
        )}
        <Button variant="default" component={Link} to={record}>
          {made.kind === 'letter'
            ? say({ id: 'Lihat surat', en: 'See the letter' })
            : say({ id: 'Lihat permohonan', en: 'See the request' })}
        </Button>
        <Button variant="default" onClick={next}>
          {say({ id: 'Surat berikutnya', en: 'Next letter' })}
        </Button>
      </div>
    </section>
  )
}
