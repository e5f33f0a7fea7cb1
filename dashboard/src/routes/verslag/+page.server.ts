import { error } from '@sveltejs/kit'
import { chaptersOfAddress } from '../../server/report/report-page.ts'
import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals, platform }) => {
  const { data, principal, state } = openPage({ url, locals, platform })
  if (!principal) error(403)
  const { place, period, language } = state
  return { view: await data.yearlyReport({ principal, place, period, language, chapters: chaptersOfAddress(url.searchParams) }) }
}
