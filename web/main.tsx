// Starts the app: language, look, cache, routes.
import './look/tokens.css'
import './look/mantine.css'
import './look/base.css'
import './look/parts.css'
import './frame/frame.css'
import './look/print.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { theme, variables } from './look/theme.ts'
import { LiveRegion } from './parts/announce.tsx'
import { PinDoor } from './parts/PinDoor.tsx'
import { client } from './queries.ts'
import { router } from './routes.tsx'
import { LanguageProvider } from './words.tsx'

// Nothing is announced before somebody has done something, and what is announced waits for it: the first page comes first.
const FIRST_PAGE_MS = 2_000
const Notifications = lazy(async () => {
  await new Promise((resolve) => setTimeout(resolve, FIRST_PAGE_MS))
  return { default: (await import('@mantine/notifications')).Notifications }
})

const looks = localStorageColorSchemeManager({ key: 'balai.look' })

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={looks} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <Suspense fallback={null}>
            <Notifications position="bottom-right" autoClose={7000} limit={4} />
          </Suspense>
          <LiveRegion />
          <PinDoor />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  </StrictMode>,
)
