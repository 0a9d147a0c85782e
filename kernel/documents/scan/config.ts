// Where the virus scanner listens, from the environment.

export type Clamd = { readonly path: string } | { readonly host: string; readonly port: number }

/** `BALAI_CLAMD`: `tcp://host:3310` or `unix:///run/clamav/clamd.sock`; absent: null. */
export function clamdOf(said: string | undefined, complain: (words: string) => never): Clamd | null {
  if (!said?.trim()) return null
  if (URL.canParse(said)) {
    const url = new URL(said)
    if (url.protocol === 'unix:' && url.pathname.length > 1) return { path: decodeURIComponent(url.pathname) }
    if (url.protocol === 'tcp:' && url.hostname) return { host: url.hostname, port: Number(url.port || 3310) }
  }
  return complain('BALAI_CLAMD must look like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.sock.')
}
