import type { Kiosk } from '@zuil/core'
import type { Services } from '../services.ts'
import { kioskEntry } from './kiosk-view.ts'

/** Lane in which kiosks and events are kept. */
const ENTITIES_LANE = 0

/** Stores a changed kiosk through the registry, so that it is journalled, logged and noticed by every process. */
export async function storeKiosk(services: Pick<Services, 'store' | 'registry'>, kiosk: Kiosk): Promise<void> {
  const [result] = await services.store.put('kiosks', [kioskEntry(kiosk)])
  if (!result?.ok) throw new Error(`Kiosk ${kiosk.id} was not taken: ${result?.problem.detail}`)
  // Whoever configured it reads it back at once.
  await services.registry.refresh(ENTITIES_LANE)
}
