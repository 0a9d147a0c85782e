// A dialog that says its name and how to close it, in the language of the screen.
import { Modal, type ModalProps } from '@mantine/core'
import { useSay } from '../words.tsx'

export function Dialog(props: ModalProps) {
  const say = useSay()
  return (
    <Modal
      {...props}
      closeButtonProps={{ 'aria-label': say({ id: 'Tutup', en: 'Close' }) }}
      // Mantine's header is a banner landmark to assistive technology; a page has one already.
      attributes={{ header: { role: 'presentation' }, ...(props['aria-label'] ? { content: { 'aria-label': props['aria-label'] } } : {}) }}
    />
  )
}
