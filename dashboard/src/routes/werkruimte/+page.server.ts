import { error } from '@sveltejs/kit'
import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { data, principal, state } = openPage(event)
  if (!principal) error(403)
  return { view: await data.workspace({ state, principal, typed: event.url.searchParams }) }
}
