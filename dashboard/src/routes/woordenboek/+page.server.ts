import { error } from '@sveltejs/kit'
import { languageOf } from '../../lib/language.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ platform, url }) => {
  const data = platform?.req.zuil
  if (!data) error(500, 'These pages are shown by mountDashboard only')
  return { view: data.dictionary(languageOf(url.searchParams)) }
}
