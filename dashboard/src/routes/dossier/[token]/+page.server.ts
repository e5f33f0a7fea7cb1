import { error } from '@sveltejs/kit'
import { openPage } from '../../open-page.server.ts'
import type { PageServerLoad } from './$types'

/** A locked link: nothing of the address but the language counts. */
export const load: PageServerLoad = async (event) => {
  const { data, state } = openPage(event)
  event.setHeaders({ 'x-robots-tag': 'noindex' })
  const locked = await data.notebook.locked(event.params.token, state.language)
  if (!locked) error(410, 'This link opens nothing')
  return { locked }
}
