// Every address of the app, in one place, so that links cannot drift apart.

const part = encodeURIComponent

export const at = {
  home: (tenant: string) => `/${tenant}`,
  list: (tenant: string, resource: string) => `/${tenant}/${resource.replace('.', '/')}`,
  create: (tenant: string, resource: string) => `/${tenant}/${resource.replace('.', '/')}/new`,
  record: (tenant: string, resource: string, id: string) => `/${tenant}/${resource.replace('.', '/')}/${part(id)}`,
  edit: (tenant: string, resource: string, id: string) => `/${tenant}/${resource.replace('.', '/')}/${part(id)}/edit`,
  page: (tenant: string, module: string, path: string) => `/${tenant}/${module}/${path}`,
  notifications: (tenant: string) => `/${tenant}/notifications`,
  map: (tenant: string) => `/${tenant}/map`,
  imports: (tenant: string) => `/${tenant}/imports`,
  import: (tenant: string, id: string) => `/${tenant}/imports/${part(id)}`,
  settings: (tenant: string, page = '') => `/${tenant}/settings${page ? `/${page}` : ''}`,
}

export const apiAt = {
  resource: (tenant: string, resource: string) => `/api/${tenant}/${resource.replace('.', '/')}`,
  row: (tenant: string, resource: string, id: string) => `/api/${tenant}/${resource.replace('.', '/')}/${part(id)}`,
  tenant: (tenant: string, path: string) => `/api/${tenant}/${path}`,
}

/** The API names places inside a community without its code: `registry/citizens?…`. */
export const inTenant = (tenant: string, to: string): string =>
  to.startsWith('/app/') ? to.slice(4) : `/${tenant}/${to.replace(/^\/+/, '').replace(new RegExp(`^${tenant}/`), '')}`
