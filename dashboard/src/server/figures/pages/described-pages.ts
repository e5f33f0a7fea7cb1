import type { FigurePageId } from '../../../lib/figure/figure-view.ts'
import type { PageDescription } from '../page-description.ts'
import { costsPage } from './costs.ts'
import { loyaltyPage } from './loyalty.ts'
import { organizersPage } from './organizers.ts'
import { participationPage } from './participation.ts'
import { pointsPage } from './points.ts'
import { reachPage } from './reach.ts'
import { regionPage } from './region.ts'
import { wherePage } from './where.ts'

/** Every page with published figures. A figure is one entry in its page, and its subject in the messages. */
export const DESCRIBED_PAGES = {
  reach: reachPage,
  participation: participationPage,
  loyalty: loyaltyPage,
  where: wherePage,
  points: pointsPage,
  costs: costsPage,
  organizers: organizersPage,
  region: regionPage,
} as const satisfies Readonly<Record<FigurePageId, PageDescription>>

type Described = (typeof DESCRIBED_PAGES)[FigurePageId]
export type FigureId = Described['figures'][number]['id']
export type KeyNumberId = Described['keyNumbers'][number]['id']
