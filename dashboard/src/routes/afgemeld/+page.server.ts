import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { data } = openPage(event)
  return { elsewhere: await data.signOutElsewhere() }
}
