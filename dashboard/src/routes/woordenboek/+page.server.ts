import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => {
  const { data, state } = openPage(event)
  return { view: data.dictionary(state.language) }
}
