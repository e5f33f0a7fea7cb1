import { error, redirect } from '@sveltejs/kit'
import { openPage } from '../../open-page.server.ts'
import type { PageServerLoad } from './$types'

/** The name of a saved view leads to the page as it was kept. */
export const load: PageServerLoad = (event) => {
  const { data } = openPage(event)
  const address = data.notebook.savedAddress(event.params.view)
  if (address === undefined) error(404, 'There is no view of this name')
  redirect(303, address)
}
