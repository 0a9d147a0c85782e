// Looking at a version and taking it away: a link for a minute is asked for, and used at once.
import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { useSentence } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { shownAs } from './model.ts'

export type Openable = { readonly id: string; readonly file_name: string; readonly mime_type: string }

type Opening = {
  readonly open: (version: Openable) => Promise<void>
  readonly download: (version: Openable) => Promise<void>
  /** To be put on the screen: the picture that was opened, or why it could not be. */
  readonly shown: ReactNode
}

export function useOpening(): Opening {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [picture, setPicture] = useState<{ url: string; name: string } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const link = async (version: Openable, disposition: string): Promise<string> =>
    (await api.post<{ url: string }>(`${apiAt.row(code, 'core.document_versions', version.id)}/content-link`, { body: { disposition } }))
      .url

  async function open(version: Openable): Promise<void> {
    setFailure(null)
    // Opened at the click itself: later a browser takes it for an advertisement.
    const beside = shownAs(version.mime_type) === 'window' ? window.open('', '_blank') : null
    if (beside) beside.opener = null
    try {
      const url = await link(version, 'inline')
      if (shownAs(version.mime_type) === 'image') setPicture({ url, name: version.file_name })
      else if (beside) beside.location.replace(url)
      else location.assign(url)
    } catch (error) {
      beside?.close()
      setFailure(sentence(error))
    }
  }

  async function download(version: Openable): Promise<void> {
    setFailure(null)
    try {
      location.assign(await link(version, 'attachment'))
    } catch (error) {
      setFailure(sentence(error))
    }
  }

  const shown = (
    <>
      <Dialog opened={picture !== null} onClose={() => setPicture(null)} title={picture?.name ?? ''} size="xl">
        {picture && (
          <img
            className="document-picture"
            src={picture.url}
            alt={picture.name}
            onError={() => {
              setPicture(null)
              setFailure(say({ id: 'Gambar ini tidak dapat dimuat. Coba lagi.', en: 'This picture could not be loaded. Try again.' }))
            }}
          />
        )}
      </Dialog>
      <Dialog
        opened={failure !== null}
        onClose={() => setFailure(null)}
        title={say({ id: 'Tidak terbuka', en: 'It did not open' })}
        size="sm"
      >
        <div className="stack">
          <p role="alert">{failure}</p>
          <Button variant="default" onClick={() => setFailure(null)}>
            {say({ id: 'Tutup', en: 'Close' })}
          </Button>
        </div>
      </Dialog>
    </>
  )
  return { open, download, shown }
}
