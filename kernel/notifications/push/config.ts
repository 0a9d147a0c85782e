// Whether browsers are told while nobody looks, and by whose services, from the environment.

export type PushConfig = {
  /** Push services that may be called; none: nothing is offered. */
  readonly hosts: readonly string[]
  /** Also over plain HTTP, and to this computer: only for tests. */
  readonly insecure: boolean
}

export const NO_PUSH: PushConfig = { hosts: [], insecure: false }

/** The services of the browsers there are: Chrome and its kin, Firefox, Safari, Edge. */
const SERVICES = ['fcm.googleapis.com', '*.push.services.mozilla.com', '*.push.apple.com', '*.notify.windows.com']
const HOST = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/

/** Reads `BALAI_PUSH` and `BALAI_PUSH_HOSTS`; `complain` stops the start with words. */
export function pushConfig(env: Readonly<Record<string, string | undefined>>, complain: (words: string) => never): PushConfig {
  const on = env['BALAI_PUSH'] || 'true'
  if (!['true', 'false', '1', '0'].includes(on)) complain(`BALAI_PUSH must be true or false, not "${on}".`)
  if (on === 'false' || on === '0') return NO_PUSH
  const more = (env['BALAI_PUSH_HOSTS'] ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean)
  for (const host of more)
    if (!HOST.test(host)) complain(`BALAI_PUSH_HOSTS must be names of push services such as push.example.id, with commas; not "${host}".`)
  return { hosts: [...SERVICES, ...more], insecure: false }
}
