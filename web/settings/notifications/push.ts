// This browser and push: whether it can, whether it does, and switching it on and off together with the server.
import { api } from '../../api.ts'

/** Needs https or this very computer, and a browser that knows how (on iPhones only once Balai is on the home screen). */
export const canPush = (): boolean =>
  window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

export type PushState = { readonly public_key: string | null; readonly subscribed: boolean }

export const readPush = (signal?: AbortSignal): Promise<PushState> => api.get<PushState>('/api/me/push', signal ? { signal } : {})

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const worker = async (): Promise<ServiceWorkerRegistration> => {
  await navigator.serviceWorker.register('/app/sw.js', { scope: '/app/', updateViaCache: 'none' })
  return navigator.serviceWorker.ready
}

/** Asks the person, then the browser, then tells the server. `denied`: the person or the browser said no. */
export async function switchOn(publicKey: string): Promise<'on' | 'denied'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const { pushManager } = await worker()
  const key = bytesOf(publicKey)
  const before = await pushManager.getSubscription()
  // Made for another key (another installation at this address before): it would never be reached.
  if (before && !sameKey(before.options.applicationServerKey, key)) await before.unsubscribe()
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  await api.put('/api/me/push', { body: made.toJSON() })
  return 'on'
}

export async function switchOff(): Promise<void> {
  await api.delete('/api/me/push')
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

const sameKey = (kept: ArrayBuffer | null, key: Uint8Array): boolean =>
  kept !== null && kept.byteLength === key.length && new Uint8Array(kept).every((byte, n) => byte === key[n])
