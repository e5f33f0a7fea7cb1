import { a1Reach } from './a1-reach.ts'
import { a2SocialTariffCoverage } from './a2-social-tariff-coverage.ts'
import { a3ParticipationGap } from './a3-participation-gap.ts'
import { a4ParticipationGapByAge } from './a4-participation-gap-by-age.ts'
import { a5Frequency } from './a5-frequency.ts'
import { a6Breadth } from './a6-breadth.ts'
import { a7Choice } from './a7-choice.ts'
import { a8MobilityOut } from './a8-mobility-out.ts'
import { a9States } from './a9-states.ts'
import { a10Retention } from './a10-retention.ts'
import { a11SocialTariffRenewal } from './a11-social-tariff-renewal.ts'
import { a12CostSharing } from './a12-cost-sharing.ts'
import { a13WelcomeBenefits } from './a13-welcome-benefits.ts'
import { a14OrganizersReachingNobody } from './a14-organizers-reaching-nobody.ts'
import { a15Neighbourhoods } from './a15-neighbourhoods.ts'
import { b1MunicipalitiesCompared } from './b1-municipalities-compared.ts'
import { b2OriginDestination } from './b2-origin-destination.ts'
import { b3CrossBorderSocialTariff } from './b3-cross-border-social-tariff.ts'
import { b4Settlement } from './b4-settlement.ts'
import { b5EffectOfJoining } from './b5-effect-of-joining.ts'
import { b6OfferAndDemand } from './b6-offer-and-demand.ts'
import { b7PointFlows } from './b7-point-flows.ts'
import { b8TargetGroupAlike } from './b8-target-group-alike.ts'
import { b9JointPurchase } from './b9-joint-purchase.ts'
import { b10Agreement } from './b10-agreement.ts'
import { b11ServedInSeveralMunicipalities } from './b11-served-in-several-municipalities.ts'
import { b12Campaign } from './b12-campaign.ts'
import { b13WelcomeBenefitsElsewhere } from './b13-welcome-benefits-elsewhere.ts'
import { b14OpenToAll } from './b14-open-to-all.ts'
import { b15PredecessorCard } from './b15-predecessor-card.ts'
import { c1Public } from './c1-public.ts'
import { c2SocialTariffPublic } from './c2-social-tariff-public.ts'
import { c3NewPublic } from './c3-new-public.ts'
import { c4WhoTheyAre } from './c4-who-they-are.ts'
import { c5Catchment } from './c5-catchment.ts'
import { c6Loyalty } from './c6-loyalty.ts'
import { c7PeakHours } from './c7-peak-hours.ts'
import { c8EventsAndTheirPublic } from './c8-events-and-their-public.ts'
import { c9OwnShare } from './c9-own-share.ts'
import { c10Rewards } from './c10-rewards.ts'
import { c11ReturnOfNewcomers } from './c11-return-of-newcomers.ts'
import { c12Benchmark } from './c12-benchmark.ts'
import { c13CoverageOfRegistration } from './c13-coverage-of-registration.ts'
import { d1Load } from './d1-load.ts'
import { d2Peak } from './d2-peak.ts'
import { d3Latency } from './d3-latency.ts'
import { d4Refusals } from './d4-refusals.ts'
import { d5SilentKiosks } from './d5-silent-kiosks.ts'
import { d6KioskUse } from './d6-kiosk-use.ts'
import { d7Channels } from './d7-channels.ts'
import { d8Lateness } from './d8-lateness.ts'
import { d9ApiClients } from './d9-api-clients.ts'
import { d10PointsEconomy } from './d10-points-economy.ts'
import { d11Anomalies } from './d11-anomalies.ts'
import { d12Adoption } from './d12-adoption.ts'
import { d13Registration } from './d13-registration.ts'
import { d14Forecast } from './d14-forecast.ts'
import { d15Withheld } from './d15-withheld.ts'
import type { Measure } from './measure.ts'

/** Every measure there is, in the order of its id. One file each; a test compares the folder with this list. */
export const CATALOGUE: readonly Measure[] = [
  a1Reach,
  a2SocialTariffCoverage,
  a3ParticipationGap,
  a4ParticipationGapByAge,
  a5Frequency,
  a6Breadth,
  a7Choice,
  a8MobilityOut,
  a9States,
  a10Retention,
  a11SocialTariffRenewal,
  a12CostSharing,
  a13WelcomeBenefits,
  a14OrganizersReachingNobody,
  a15Neighbourhoods,
  b1MunicipalitiesCompared,
  b2OriginDestination,
  b3CrossBorderSocialTariff,
  b4Settlement,
  b5EffectOfJoining,
  b6OfferAndDemand,
  b7PointFlows,
  b8TargetGroupAlike,
  b9JointPurchase,
  b10Agreement,
  b11ServedInSeveralMunicipalities,
  b12Campaign,
  b13WelcomeBenefitsElsewhere,
  b14OpenToAll,
  b15PredecessorCard,
  c1Public,
  c2SocialTariffPublic,
  c3NewPublic,
  c4WhoTheyAre,
  c5Catchment,
  c6Loyalty,
  c7PeakHours,
  c8EventsAndTheirPublic,
  c9OwnShare,
  c10Rewards,
  c11ReturnOfNewcomers,
  c12Benchmark,
  c13CoverageOfRegistration,
  d1Load,
  d2Peak,
  d3Latency,
  d4Refusals,
  d5SilentKiosks,
  d6KioskUse,
  d7Channels,
  d8Lateness,
  d9ApiClients,
  d10PointsEconomy,
  d11Anomalies,
  d12Adoption,
  d13Registration,
  d14Forecast,
  d15Withheld,
]

/** By its id (`A3`) or slug (`participation-gap`). */
export function measureOf(idOrSlug: string): Measure | undefined {
  return CATALOGUE.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug)
}
