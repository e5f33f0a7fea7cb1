import { error } from '@sveltejs/kit'
import { figurePageLoad } from '../../../../lib/figure/figure-page-load.server.ts'
import { FIGURE_PAGES } from '../../../../lib/figure/figure-view.ts'
import { pageEntry } from '../../../../lib/pages.ts'
import { pictureFile } from '../../../../server/figures/drawings/picture-file.ts'
import { changePageLoad } from '../../../verandering/change-page-load.server.ts'
import type { RequestHandler } from './$types'

/** The drawing of a figure as a file. Its address has the parameters of the page, so it shows what the page shows. */
export const GET: RequestHandler = async ({ params, url, locals, platform }) => {
  const page = [...FIGURE_PAGES, 'change' as const].find((one) => one === params.page)
  if (page === undefined) error(404)
  const asked = new URL(url)
  asked.pathname = pageEntry(page).path
  const load = page === 'change' ? changePageLoad(params.figure) : figurePageLoad(page, params.figure)
  const { view } = await load({ url: asked, locals, platform })
  const [figure] = view.figures
  const file = figure && pictureFile(figure)
  if (!figure || file === undefined) error(404)
  return new Response(file, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-disposition': `inline; filename="zuil-${figure.id}.svg"`,
    },
  })
}
