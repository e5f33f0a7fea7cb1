import type { CardSystemBody } from '@zuil/core/contracts/http-entity'
import type { Registry } from '../registry/registry.ts'

/** A card system as the API shows it; only its id when the registry does not know it. */
export function cardSystemBody(registry: Pick<Registry, 'cardSystem'>, id: number): CardSystemBody {
  const cardSystem = registry.cardSystem(id)
  if (!cardSystem) return { id }
  const cities = cardSystem.cities.map(({ postalCode, name }) => ({ postalCode, name }))
  return { id, name: cardSystem.name, cities, permanent: cardSystem.permanent }
}
