import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { data, state } = openPage(event)
  return { view: await data.view(state.language) }
}
