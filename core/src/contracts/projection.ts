import type { CardSystem } from '../card-system.ts'
import type { DistributionKey } from '../distribution-key.ts'
import type { Event } from '../event.ts'
import type { Holder } from '../holder.ts'
import type { Kiosk } from '../kiosk.ts'
import type { Municipality } from '../municipality.ts'
import type { Organizer } from '../organizer.ts'
import type { Programme } from '../programme.ts'
import type { Reward } from '../reward.ts'
import type { SettlementAgreement } from '../settlement/agreement.ts'
import type { JournalRecord, ProjectionKind } from './journal.ts'

/** What the registry puts into the journal: its entries without what names a person and without secrets. */
export interface ProjectionBodies {
  readonly holder: Holder
  readonly 'group-pass': Holder
  readonly event: Event
  readonly organizer: Organizer
  readonly 'card-system': CardSystem
  readonly programme: Programme
  readonly 'distribution-key': Pick<DistributionKey, 'id' | 'name' | 'cardSystem' | 'kind'>
  readonly 'settlement-agreement': SettlementAgreement
  readonly municipality: Municipality
  readonly kiosk: Omit<Kiosk, 'deviceId' | 'configurationCode'>
  readonly reward: Reward
}

type ProjectionRecord = Extract<JournalRecord, { kind: 'projection' }>

export function projectionOfHolder(holder: Holder): ProjectionRecord {
  const { number, passType, homeNis, homePostalCode, birthYear, memberships } = holder
  // Named one by one: an entry with more members than a holder has must not leak them.
  const body = { number, passType, homeNis, homePostalCode, birthYear, memberships }
  return projection(passType === 'GROUP' ? 'group-pass' : 'holder', body)
}

export function projectionOfEvent(event: Event): ProjectionRecord {
  return projection('event', event)
}

export function projectionOfOrganizer(organizer: Organizer): ProjectionRecord {
  return projection('organizer', organizer)
}

export function projectionOfCardSystem(cardSystem: CardSystem): ProjectionRecord {
  return projection('card-system', cardSystem)
}

export function projectionOfProgramme(programme: Programme): ProjectionRecord {
  return projection('programme', programme)
}

/** What it is and whose: how it shares stands in each ticket. */
export function projectionOfDistributionKey({ id, name, cardSystem, kind }: DistributionKey): ProjectionRecord {
  return projection('distribution-key', { id, name, cardSystem, kind })
}

export function projectionOfSettlementAgreement(agreement: SettlementAgreement): ProjectionRecord {
  return projection('settlement-agreement', agreement)
}

export function projectionOfMunicipality(municipality: Municipality): ProjectionRecord {
  return projection('municipality', municipality)
}

export function projectionOfKiosk(kiosk: Kiosk): ProjectionRecord {
  const { deviceId: _deviceId, configurationCode: _configurationCode, ...body } = kiosk
  return projection('kiosk', body)
}

export function projectionOfReward(reward: Reward): ProjectionRecord {
  return projection('reward', reward)
}

function projection<K extends ProjectionKind>(entity: K, body: ProjectionBodies[K]): ProjectionRecord {
  return { kind: 'projection', entity, body: { ...body } }
}
