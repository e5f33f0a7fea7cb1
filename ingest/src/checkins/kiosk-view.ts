import type { Event, Kiosk, Organizer } from '@zuil/core'
import type { OrganizerBody } from '@zuil/core/contracts/http-entity'
import type { KioskDeviceBody, KioskDeviceEventBody } from '@zuil/core/contracts/http-kiosk'
import type { Registry } from '../registry/registry.ts'
import type { Services } from '../services.ts'
import { cardSystemBody } from './card-system-view.ts'
import { checkinCode, codeDay } from './checkin-code.ts'

/** A kiosk as the API shows it. */
export function kioskBody(kiosk: Kiosk, registry: Pick<Registry, 'cardSystem' | 'organizer'>): KioskDeviceBody {
  return {
    id: kiosk.id,
    name: kiosk.name,
    deviceId: kiosk.deviceId ?? '',
    organizers: kiosk.organizers.map((id) => ({ id, ...nameOf(registry.organizer(id)) })),
    locations: kiosk.locations.map(({ id, name }) => ({ id, name })),
    cardSystem: cardSystemBody(registry, kiosk.cardSystem),
    releaseTrack: kiosk.releaseTrack,
  }
}

function nameOf(organizer: Organizer | undefined): { name?: string } {
  return organizer ? { name: organizer.name } : {}
}

/** An event as kiosks show it, with the code that people may scan instead. */
export function kioskEventBody(event: Event, services: Pick<Services, 'registry' | 'secrets' | 'now'>): KioskDeviceEventBody {
  return {
    checkinPoints: event.checkinPoints,
    event: { id: event.id, title: event.title },
    checkinCode: services.registry.checkinCodeOf(event.id) ?? checkinCode(services.secrets, event, codeDay(services.now())),
  }
}

/** An organizer as the API shows it. */
export function organizerBody(id: string, organizer: Organizer | undefined): OrganizerBody {
  if (!organizer) return { id }
  const { name, street, postalCode, city, linkedLocation } = organizer
  return {
    id,
    name,
    ...(linkedLocation !== undefined && { linkedLocationId: linkedLocation }),
    ...(city !== undefined && {
      address: { ...(street !== undefined && { street }), ...(postalCode !== undefined && { postalCode }), city },
    }),
  }
}

/** A kiosk in the shape that the registry takes in. */
export function kioskEntry(kiosk: Kiosk): Readonly<Record<string, unknown>> {
  return {
    id: kiosk.id,
    name: kiosk.name,
    cardSystem: { id: kiosk.cardSystem },
    releaseTrack: kiosk.releaseTrack,
    organizers: kiosk.organizers.map((id) => ({ id })),
    locations: kiosk.locations.map(({ id, name }) => ({ id, name })),
    ...(kiosk.deviceId !== undefined && { deviceId: kiosk.deviceId }),
    ...(kiosk.configurationCode !== undefined && { configurationCode: kiosk.configurationCode }),
    ...(kiosk.fixedEvent !== undefined && { fixedEvent: { id: kiosk.fixedEvent } }),
  }
}
