import type { RequestEvent } from '@sveltejs/kit'
import { openPage } from '../../routes/open-page.server.ts'
import type { FigurePageId, FigurePageView } from './figure-view.ts'

type Opened = Pick<RequestEvent, 'url' | 'locals' | 'platform'>

/**
 * What the route of a page with figures shows: within what its reader reads, and as the address says.
 * @param figure only this one
 */
export function figurePageLoad(page: FigurePageId, figure?: string) {
  return async (event: Opened): Promise<{ readonly view: FigurePageView }> => {
    const { data, principal, state } = openPage(event)
    const asked = { page, state, search: event.url.search, ...(figure !== undefined && { figure }) }
    return { view: await data.figures({ ...asked, scope: principal?.scope }) }
  }
}
