import { CUBE_IDS, type Cube, type CubeId } from '../cube.ts'
import { BREADTH_CUBE } from './breadth.ts'
import { DESTINATIONS_CUBE } from './destinations.ts'
import { EVIDENCE_CUBE } from './evidence.ts'
import { FREQUENCY_CUBE } from './frequency.ts'
import { GROUPS_CUBE } from './groups.ts'
import { HOLDERS_CUBE } from './holders.ts'
import { LAPSE_CUBE } from './lapse.ts'
import { MUNICIPALITIES_VISITED_CUBE } from './municipalities-visited.ts'
import { NEIGHBOURHOODS_CUBE } from './neighbourhoods.ts'
import { ORGANIZER_EVENTS_CUBE } from './organizer-events.ts'
import { ORGANIZER_FREQUENCY_CUBE } from './organizer-frequency.ts'
import { ORGANIZER_HOURS_CUBE } from './organizer-hours.ts'
import { ORGANIZER_ORIGINS_CUBE } from './organizer-origins.ts'
import { ORGANIZER_PUBLIC_CUBE } from './organizer-public.ts'
import { ORGANIZER_RETURN_CUBE } from './organizer-return.ts'
import { ORGANIZER_REWARDS_CUBE } from './organizer-rewards.ts'
import { ORGANIZER_STATES_CUBE } from './organizer-states.ts'
import { PARTICIPATION_CUBE } from './participation.ts'
import { POINT_FLOWS_CUBE } from './point-flows.ts'
import { POINTS_CUBE } from './points.ts'
import { REGISTRATIONS_CUBE } from './registrations.ts'
import { RENEWAL_CUBE } from './renewal.ts'
import { RETENTION_CUBE } from './retention.ts'
import { REWARDS_CUBE } from './rewards.ts'
import { SECTORS_CUBE } from './sectors.ts'
import { STATES_CUBE } from './states.ts'
import { TASTE_PAIRS_CUBE } from './taste-pairs.ts'
import { TICKETS_CUBE } from './tickets.ts'
import { VARIETY_CUBE } from './variety.ts'
import { VENUE_HOURS_CUBE } from './venue-hours.ts'
import { WELCOME_CUBE } from './welcome.ts'
import { WELCOME_PLACES_CUBE } from './welcome-places.ts'
import { WIDENING_CUBE } from './widening.ts'

/** The closed list of cubes, by id. */
export const CUBES: Readonly<Record<CubeId, Cube>> = {
  holders: HOLDERS_CUBE,
  neighbourhoods: NEIGHBOURHOODS_CUBE,
  participation: PARTICIPATION_CUBE,
  frequency: FREQUENCY_CUBE,
  evidence: EVIDENCE_CUBE,
  breadth: BREADTH_CUBE,
  variety: VARIETY_CUBE,
  widening: WIDENING_CUBE,
  'taste-pairs': TASTE_PAIRS_CUBE,
  sectors: SECTORS_CUBE,
  destinations: DESTINATIONS_CUBE,
  'municipalities-visited': MUNICIPALITIES_VISITED_CUBE,
  states: STATES_CUBE,
  lapse: LAPSE_CUBE,
  retention: RETENTION_CUBE,
  registrations: REGISTRATIONS_CUBE,
  renewal: RENEWAL_CUBE,
  tickets: TICKETS_CUBE,
  welcome: WELCOME_CUBE,
  'welcome-places': WELCOME_PLACES_CUBE,
  points: POINTS_CUBE,
  'point-flows': POINT_FLOWS_CUBE,
  rewards: REWARDS_CUBE,
  groups: GROUPS_CUBE,
  'venue-hours': VENUE_HOURS_CUBE,
  'organizer-public': ORGANIZER_PUBLIC_CUBE,
  'organizer-origins': ORGANIZER_ORIGINS_CUBE,
  'organizer-states': ORGANIZER_STATES_CUBE,
  'organizer-frequency': ORGANIZER_FREQUENCY_CUBE,
  'organizer-return': ORGANIZER_RETURN_CUBE,
  'organizer-hours': ORGANIZER_HOURS_CUBE,
  'organizer-events': ORGANIZER_EVENTS_CUBE,
  'organizer-rewards': ORGANIZER_REWARDS_CUBE,
}

export function isCubeId(text: string): text is CubeId {
  return CUBE_IDS.some((id) => id === text)
}
