import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { data, principal, state } = openPage(event)
  return {
    origin: data.origin,
    view: principal && (await data.notebook.views(principal, state.language, event.url.searchParams)),
  }
}
