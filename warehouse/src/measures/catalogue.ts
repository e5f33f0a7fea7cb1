import { a1Reach } from './a1-reach.ts'
import { a2SocialTariffCoverage } from './a2-social-tariff-coverage.ts'
import { a3ParticipationGap } from './a3-participation-gap.ts'
import { a5Frequency } from './a5-frequency.ts'
import type { Measure } from './measure.ts'

/** Every measure there is, in the order of its id. One file each; a test compares the folder with this list. */
export const CATALOGUE: readonly Measure[] = [a1Reach, a2SocialTariffCoverage, a3ParticipationGap, a5Frequency]

/** By its id (`A3`) or slug (`participation-gap`). */
export function measureOf(idOrSlug: string): Measure | undefined {
  return CATALOGUE.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug)
}
