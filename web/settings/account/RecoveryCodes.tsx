// Ten codes for the day the phone is lost, shown this once: to print, to save, to put in a drawer.
import { Button } from '@mantine/core'
import { Icon } from '../../parts/Icon.tsx'
import { Note } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'

export function RecoveryCodes({ codes, account, done }: { codes: readonly string[]; account: string; done: () => void }) {
  const say = useSay()
  const title = say({ id: 'Kode cadangan Balai untuk {account}', en: 'Balai recovery codes of {account}' }, { account })
  function save(): void {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([`${title}\n\n${codes.join('\n')}\n`], { type: 'text/plain' }))
    link.download = say({ id: 'balai-kode-cadangan.txt', en: 'balai-recovery-codes.txt' })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  return (
    <div className="stack recovery-codes">
      <h3>{title}</h3>
      <div className="no-print">
        <Note tone="wait">
          {say({
            id: 'Simpan sekarang: kode ini tidak dapat ditampilkan lagi. Dengan salah satunya Anda tetap bisa masuk bila ponsel hilang. Tiap kode sekali pakai.',
            en: 'Keep them now: they cannot be shown again. With one of them you still get in when your phone is lost. Each is good once.',
          })}
        </Note>
      </div>
      <ol className="mono" aria-label={title}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="row no-print">
        <Button variant="default" leftSection={<Icon name="print" size={18} />} onClick={() => print()}>
          {say({ id: 'Cetak', en: 'Print' })}
        </Button>
        <Button variant="default" leftSection={<Icon name="export" size={18} />} onClick={save}>
          {say({ id: 'Unduh', en: 'Download' })}
        </Button>
        <Button onClick={done}>{say({ id: 'Sudah saya simpan', en: 'I have kept them' })}</Button>
      </div>
    </div>
  )
}
