// One calm line while the server cannot be reached: what it means for the work at hand.
import { Icon } from '../parts/Icon.tsx'
import { useSay } from '../words.tsx'
import { useConnection } from './connection.ts'

export function OfflineLine() {
  const say = useSay()
  const connection = useConnection()
  return (
    <div role="status">
      {connection !== 'ok' && (
        <p className="offline-line">
          <Icon name="offline" />
          <span>
            <strong>
              {connection === 'offline'
                ? say({ id: 'Perangkat ini sedang tanpa jaringan.', en: 'This device is offline.' })
                : say({ id: 'Server tidak terjangkau.', en: 'We cannot reach the server.' })}
            </strong>{' '}
            {say({
              id: 'Anda melihat data terakhir; isian tetap tersimpan di perangkat ini. Kami terus mencoba.',
              en: 'You see the latest we had; what you type is kept on this device. We keep trying.',
            })}
          </span>
        </p>
      )}
    </div>
  )
}
