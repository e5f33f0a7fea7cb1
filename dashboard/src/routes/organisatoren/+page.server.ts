import { figurePageLoad } from '../../lib/figure/figure-page-load.server.ts'

export const load = figurePageLoad('organizers')
