// Shows what a push message says while nobody looks at Balai, and opens its place. Keeps nothing and answers no requests.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => {
  let said = {}
  try {
    said = event.data ? event.data.json() : {}
  } catch {
    // A message that is not ours still has to be shown: browsers take the permission away from whoever stays silent.
  }
  event.waitUntil(
    self.registration.showNotification(said.title || 'Balai', {
      body: said.body || '',
      tag: said.tag || 'balai',
      icon: '/app/mark.svg',
      data: { url: said.url },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = event.notification.data && event.notification.data.url
  // Only places of this app, whatever the message says.
  const place = typeof url === 'string' && url.startsWith('/app/') ? url : '/app/'
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (windows) => {
      const [open] = windows.filter((one) => new URL(one.url).pathname.startsWith('/app/'))
      if (!open) return self.clients.openWindow(place)
      // A browser may refuse to bring a window forward, or to move one that was loaded before this worker came.
      await open.focus().catch(() => undefined)
      return open.navigate(place).catch(() => self.clients.openWindow(place))
    }),
  )
})
