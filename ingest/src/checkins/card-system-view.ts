import type { CardSystem } from '@zuil/core'
import type { CardSystemBody } from '@zuil/core/contracts/http-entity'
import type { Registry } from '../registry/registry.ts'

/** A card system as the API shows it; only its id when the registry does not know it. */
export function cardSystemBody(registry: Pick<Registry, 'cardSystem'>, id: number): CardSystemBody {
  const cardSystem = registry.cardSystem(id)
  if (!cardSystem) return { id }
  const cities = cardSystem.cities.map(({ postalCode, name }) => ({ postalCode, name }))
  return { id, name: cardSystem.name, cities, permanent: cardSystem.permanent }
}

/** A card system with everything that is known of it. */
export function wholeCardSystemBody(cardSystem: CardSystem): CardSystemBody {
  const { id, name, branding, website, permanent, allowsCardlessRegistration, cardlessRegistrationType } = cardSystem
  return {
    id,
    name,
    ...(branding && { branding }),
    ...(website !== undefined && { links: { website } }),
    cities: cardSystem.cities.map((city) => ({ postalCode: city.postalCode, name: city.name })),
    permanent,
    ...(allowsCardlessRegistration !== undefined && { allowsCardlessRegistration }),
    ...(cardlessRegistrationType !== undefined && { cardlessRegistrationType }),
    ...(cardSystem.socialTariffInfo !== undefined && { socialTariffInfo: cardSystem.socialTariffInfo }),
  }
}
