// A letter as it stands on paper, first on its page; a draft can be corrected from here, an issued one printed again.
import './letters.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '#web/addresses.ts'
import { api, withSearch } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Bone, Note, Trouble } from '#web/parts/States.tsx'
import type { RecordScreenProps } from '#web/screens.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import { paperAddress } from './counter/Done.tsx'
import { useAddress } from './file-address.ts'

export function PaperTab({ row }: RecordScreenProps) {
  const say = useSay()
  const { code } = useCommunity()
  const issued = row['issued_at'] !== null
  return (
    <div className="stack letter-tab">
      {row['revocation_reason'] ? <Note tone="harm">{String(row['revocation_reason'])}</Note> : null}
      <div className="row">
        <Button
          component="a"
          href={paperAddress(code, row.id)}
          target="_blank"
          rel="noopener"
          leftSection={<Icon name="print" size={16} />}
        >
          {issued ? say({ id: 'Buka PDF asli', en: 'Open the original PDF' }) : say({ id: 'Buka PDF konsep', en: 'Open the draft as PDF' })}
        </Button>
        {row['signed_how'] === 'ELECTRONIC' && (
          <Button
            component="a"
            href={withSearch(apiAt.tenant(code, 'letters/signed_paper'), { letter_id: row.id })}
            target="_blank"
            rel="noopener"
            leftSection={<Icon name="check" size={16} />}
          >
            {say({ id: 'Buka PDF bertanda tangan', en: 'Open the signed PDF' })}
          </Button>
        )}
        {row.may?.includes('correction') && (
          <Button
            variant="default"
            component={Link}
            to={at.page(code, 'letters', 'counter')}
            search={{ letter: row.id } as never}
            leftSection={<Icon name="edit" size={16} />}
          >
            {say({ id: 'Perbaiki', en: 'Correct' })}
          </Button>
        )}
      </div>
      <Sheet id={row.id} version={row.version} />
    </div>
  )
}

/** Drawn by the server and shown as a picture: phones have no window for PDFs. */
export function Sheet({ id, version }: { id: string; version: number }) {
  const say = useSay()
  const { code } = useCommunity()
  const picture = useQuery({
    queryKey: ['letter-picture', code, id, version],
    queryFn: ({ signal }) => api.picture(apiAt.tenant(code, 'letters/paper_picture'), { search: { letter_id: id }, signal }),
    gcTime: 30_000,
  })
  const address = useAddress(picture.data)
  if (picture.error) return <Trouble error={picture.error} retry={() => void picture.refetch()} />
  if (!address) return <Bone width="100%" height="30rem" />
  return <img className="letter-paper" src={address} alt={say({ id: 'Surat di kertas', en: 'The letter on paper' })} />
}
