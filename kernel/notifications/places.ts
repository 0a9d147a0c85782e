// Where a notification leads: its link, the record it is about, or the list of notifications.

type Aim = { readonly link: string | null; readonly resource: string | null; readonly resource_id: string | null }

/** The place inside the community, without its code. */
export const placeOf = ({ link, resource, resource_id }: Aim): string =>
  link ?? (resource && resource_id ? `${resource.replace('.', '/')}/${resource_id}` : 'notifications')

export const addressOf = (baseUrl: string, code: string, aim: Aim): string => `${baseUrl}/app/${code}/${placeOf(aim)}`

/** The page on which a person chooses how they are told. */
export const choicesPage = (baseUrl: string, code: string): string => `${baseUrl}/app/${code}/settings/notifications`
