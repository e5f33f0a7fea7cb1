import { error, type RequestEvent } from '@sveltejs/kit'
import type { ChangeView } from '../../lib/change-view.ts'
import { pageMenu } from '../../server/pages/page-state.ts'
import { openPage } from '../open-page.server.ts'

/**
 * What the page *Verandering* shows: within what its reader reads, and as the address says.
 * @param figure only this one
 */
export function changePageLoad(figure?: string) {
  return async (event: Pick<RequestEvent, 'url' | 'locals' | 'platform'>): Promise<{ readonly view: ChangeView }> => {
    const { data, principal, state } = openPage(event)
    if (!principal) error(403)
    const { places } = pageMenu(event.url, principal)
    const asked = { state, places, scope: principal.scope, search: event.url.search, ...(figure !== undefined && { figure }) }
    return { view: await data.change(asked) }
  }
}
