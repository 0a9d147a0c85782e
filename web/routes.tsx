// Every route, with its page loaded when first needed. Addresses are the API's own words: /app/{tenant}/{module}/{plural}/{id}.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { expectFocus } from './parts/PageHead.tsx'
import { NotFound, PageBones, Trouble } from './parts/States.tsx'

const root = createRootRoute({ component: Outlet })

const choose = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/Communities.tsx')),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/SignIn.tsx')),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('./pages/ForgotPassword.tsx')),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./pages/ResetPassword.tsx')),
})
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(() => import('./pages/VerifyEmail.tsx')),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./pages/AcceptInvitation.tsx')),
})
const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  component: lazyRouteComponent(() => import('./pages/SentMessages.tsx')),
})

// Whoever signs in first does not wait for the frame's menus.
const platform = createRoute({
  getParentRoute: () => root,
  path: '/platform',
  component: lazyRouteComponent(() => import('./platform/Platform.tsx')),
})
const operatorPage = (path: string, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => platform, path, component: lazyRouteComponent(load) })
const operatorPages = [
  operatorPage('/', () => import('./platform/CommunityList.tsx')),
  operatorPage('/new', () => import('./platform/NewCommunity.tsx')),
  operatorPage('/communities/$code', () => import('./platform/Community.tsx')),
  operatorPage('/plans', () => import('./platform/Plans.tsx')),
  operatorPage('/security', () => import('./platform/Security.tsx')),
  operatorPage('/deletions', () => import('./platform/Deletions.tsx')),
]

const tenant = createRoute({
  getParentRoute: () => root,
  path: '/$tenant',
  component: lazyRouteComponent(() => import('./frame/Frame.tsx'), 'Frame'),
})
const home = createRoute({ getParentRoute: () => tenant, path: '/', component: lazyRouteComponent(() => import('./pages/Home.tsx')) })
const map = createRoute({ getParentRoute: () => tenant, path: '/map', component: lazyRouteComponent(() => import('./map/MapPage.tsx')) })
const notices = createRoute({
  getParentRoute: () => tenant,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./notices/NoticesPage.tsx')),
})
const imports = createRoute({
  getParentRoute: () => tenant,
  path: '/imports',
  component: lazyRouteComponent(() => import('./imports/ImportsPage.tsx')),
})
const oneImport = createRoute({
  getParentRoute: () => tenant,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./imports/ImportPage.tsx')),
})

const settings = createRoute({
  getParentRoute: () => tenant,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/Settings.tsx')),
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('./settings/Overview.tsx')),
})
const settingsPage = createRoute({
  getParentRoute: () => settings,
  path: '/$page',
  component: lazyRouteComponent(() => import('./settings/Page.tsx')),
})
const settingsOne = createRoute({
  getParentRoute: () => settings,
  path: '/$page/$id',
  component: lazyRouteComponent(() => import('./settings/Page.tsx')),
})

const list = createRoute({
  getParentRoute: () => tenant,
  path: '/$module/$plural',
  component: lazyRouteComponent(() => import('./pages/ListPage.tsx')),
})
const create = createRoute({
  getParentRoute: () => tenant,
  path: '/$module/$plural/new',
  component: lazyRouteComponent(() => import('./pages/FormPage.tsx')),
})
const record = createRoute({
  getParentRoute: () => tenant,
  path: '/$module/$plural/$id',
  component: lazyRouteComponent(() => import('./pages/RecordPage.tsx')),
})
const edit = createRoute({
  getParentRoute: () => tenant,
  path: '/$module/$plural/$id/edit',
  component: lazyRouteComponent(() => import('./pages/FormPage.tsx')),
})

const tree = root.addChildren([
  choose,
  signIn,
  forgot,
  reset,
  verify,
  invitation,
  outbox,
  platform.addChildren(operatorPages),
  tenant.addChildren([
    home,
    map,
    notices,
    imports,
    oneImport,
    settings.addChildren([settingsHome, settingsPage, settingsOne]),
    list,
    create,
    record,
    edit,
  ]),
])

/** Search parameters stay the plain text of the address: the same words the API takes. */
const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))
const stringifySearch = (search: Record<string, unknown>): string => {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return pairs.length ? `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}` : ''
}

export const router = createRouter({
  routeTree: tree,
  basepath: '/app',
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 250,
  defaultPendingComponent: PageBones,
  defaultNotFoundComponent: () => <NotFound />,
  defaultErrorComponent: ({ error, reset }) => <Trouble error={error} retry={reset} />,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
})

router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
  if (pathChanged && fromLocation) expectFocus()
})
