import { projectionOfCardSystem, projectionOfMunicipality, projectionOfOrganizer } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { placesNow, type TableName } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { freshEmbedded } from './fresh-warehouse.ts'
import { MORNING } from './transaction-lines.ts'

const where = { postalCodes: [], latitude: 51.05, longitude: 3.72, inhabitants: 1, inhabitantsYear: 2025 }
const city = (nis: number) => ({ postalCode: '9000', name: String(nis), nis })

test('places have the names of today, and a municipality that was merged counts where it is now', async () => {
  await using place = await freshEmbedded()
  const { warehouse } = place
  let sequence = 0
  const put = async (table: TableName, record: ReturnType<typeof projectionOfOrganizer>) =>
    await warehouse.insert(table, [projectionRow({ lane: 0, ms: MORNING, sequence: ++sequence }, record, { range: 1 }).line])
  expect(await placesNow(warehouse)).toEqual({ municipalities: [], regions: [], organizers: [] })
  await put('municipalities', projectionOfMunicipality({ ...where, nis: 44021, name: 'Gand', mergedFrom: [] }))
  await put('municipalities', projectionOfMunicipality({ ...where, nis: 44021, name: 'Gent', mergedFrom: [] }))
  await put(
    'municipalities',
    projectionOfMunicipality({ ...where, nis: 44088, name: 'Merelbeke-Melle', mergedFrom: [44040, 44043] }),
  )
  await put(
    'card_systems',
    projectionOfCardSystem({ id: 1, name: 'UiTPAS Gent', permanent: true, cities: [city(44043), city(44040), city(44021)] }),
  )
  await put('card_systems', projectionOfCardSystem({ id: 2, name: 'UiTPAS zonder stad', permanent: true, cities: [] }))
  await put('organizers', projectionOfOrganizer({ id: 'bib', name: 'Bibliotheek', nis: 44021, cardSystems: [1] }))
  expect(await placesNow(warehouse)).toEqual({
    municipalities: [
      { nis: 44021, name: 'Gent', latitude: 51.05, longitude: 3.72 },
      { nis: 44088, name: 'Merelbeke-Melle', latitude: 51.05, longitude: 3.72 },
    ],
    regions: [
      { cardSystem: 1, name: 'UiTPAS Gent', municipalities: [44021, 44088] },
      { cardSystem: 2, name: 'UiTPAS zonder stad', municipalities: [] },
    ],
    organizers: [{ organizer: 'bib', name: 'Bibliotheek', nis: 44021 }],
  })
})
