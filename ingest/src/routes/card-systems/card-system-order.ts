import type { CardSystem, Municipality } from '@zuil/core'
import type { CardSystemsQuery } from '@zuil/core/contracts/http-card-system'
import type { Registry } from '../../registry/registry.ts'

/** Kilometres of one degree of latitude. */
const DEGREE_KM = 111.2

export const POSTAL_CODE = /^[0-9]{4}$/

/** Card systems that a query asks for, in its order; without one in the order of their ids. */
export function cardSystemsFor(query: CardSystemsQuery, registry: Registry): readonly CardSystem[] {
  const isPermanent = query.permanent !== 'false'
  const cities = textsOf(query.city).map((city) => city.trim().toLowerCase())
  const postalCodes = textsOf(query.postalCode)
  const found = registry
    .cardSystems()
    .filter(({ permanent }) => permanent === isPermanent)
    .filter((cardSystem) => cities.length === 0 || cardSystem.cities.some(({ name }) => cities.includes(name.toLowerCase())))
    .filter(
      (cardSystem) => postalCodes.length === 0 || cardSystem.cities.some(({ postalCode }) => postalCodes.includes(postalCode)),
    )
    .sort((a, b) => a.id - b.id)
  return query.sort === undefined ? found : sorted(found, query, registry)
}

/** Values of a parameter that may come several times. */
export function textsOf(values: string | readonly string[] | undefined): readonly string[] {
  return values === undefined ? [] : [values].flat()
}

function sorted(found: readonly CardSystem[], query: CardSystemsQuery, registry: Registry): readonly CardSystem[] {
  const sign = query.sort?.startsWith('-') ? -1 : 1
  if (query.sort?.endsWith('name')) return found.toSorted((a, b) => sign * a.name.localeCompare(b.name, 'nl'))
  const center = municipalityOf(query.postalCodeSort ?? '', registry)
  if (!center) return found
  const distances = new Map(found.map((cardSystem) => [cardSystem.id, distanceTo(cardSystem, { center, registry })]))
  const distance = ({ id }: CardSystem) => distances.get(id) ?? Number.MAX_VALUE
  return found.toSorted((a, b) => sign * (distance(a) - distance(b)))
}

/** The municipality of a postal code; undefined when nobody has it. */
export function municipalityOf(postalCode: string, registry: Registry): Municipality | undefined {
  return registry.municipality(registry.nisOf(postalCode, ''))
}

interface Around {
  readonly center: Municipality
  readonly registry: Registry
}

/** Kilometres to the nearest city of the card system; very far when none of them is known. Flat earth: it only orders. */
function distanceTo({ cities }: CardSystem, { center, registry }: Around): number {
  const eastKm = DEGREE_KM * Math.cos((center.latitude * Math.PI) / 180)
  const distances = cities.map(({ nis }) => {
    const city = registry.municipality(nis)
    if (!city) return Number.MAX_VALUE
    return Math.hypot((city.latitude - center.latitude) * DEGREE_KM, (city.longitude - center.longitude) * eastKm)
  })
  return Math.min(Number.MAX_VALUE, ...distances)
}
