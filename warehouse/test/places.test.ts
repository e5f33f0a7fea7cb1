import { brusselsDay, DAY_MS, formatDay } from '@zuil/core'
import { projectionOfCardSystem, projectionOfMunicipality, projectionOfOrganizer } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { placesNow, regionMembers, type TableName } from '@zuil/warehouse'
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
  expect(await placesNow(warehouse)).toEqual({ municipalities: [], regions: [], organizers: [], joined: [] })
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
      { nis: 44021, name: 'Gent', latitude: 51.05, longitude: 3.72, mergedFrom: [] },
      { nis: 44088, name: 'Merelbeke-Melle', latitude: 51.05, longitude: 3.72, mergedFrom: [44040, 44043] },
    ],
    regions: [
      { cardSystem: 1, name: 'UiTPAS Gent', municipalities: [44021, 44088] },
      { cardSystem: 2, name: 'UiTPAS zonder stad', municipalities: [] },
    ],
    organizers: [{ organizer: 'bib', name: 'Bibliotheek', nis: 44021 }],
    joined: [],
  })
})

test('a municipality joined on the day a card system named it, was there before when it always did, and left when it no longer does', async () => {
  await using place = await freshEmbedded()
  const { warehouse } = place
  const name = async (day: number, nisCodes: readonly number[], sequence = 0) => {
    const cities = nisCodes.map(city)
    const record = projectionOfCardSystem({ id: 1, name: 'UiTPAS Gent', permanent: true, cities })
    const row = projectionRow({ lane: 0, ms: MORNING + day * DAY_MS, sequence }, record, { range: 1 })
    await warehouse.insert('card_systems', [row.line])
  }
  await name(0, [44021])
  await name(0, [44021, 44043], 1)
  await name(10, [44021, 44043, 44034])
  await name(20, [44021, 44034])
  await name(30, [44021, 44034, 44043])
  const day = (days: number) => new Date(MORNING + days * DAY_MS).toISOString().slice(0, 10)
  expect(await regionMembers(warehouse)).toEqual([
    { cardSystem: 1, nis: 44021, firstDay: day(0), hasJoined: false, leftDay: '' },
    { cardSystem: 1, nis: 44034, firstDay: day(10), hasJoined: true, leftDay: '' },
    { cardSystem: 1, nis: 44043, firstDay: day(0), hasJoined: false, leftDay: day(20) },
    { cardSystem: 1, nis: 44043, firstDay: day(30), hasJoined: true, leftDay: '' },
  ])
})

test('a municipality joined when a card system first named it, unless that was the day on which the registry began', async () => {
  await using place = await freshEmbedded()
  const { warehouse } = place
  let sequence = 0
  const put = async (table: TableName, record: ReturnType<typeof projectionOfOrganizer>, ms: number) =>
    await warehouse.insert(table, [projectionRow({ lane: 0, ms, sequence: ++sequence }, record, { range: 1 }).line])
  const system = (...nis: readonly number[]) =>
    projectionOfCardSystem({ id: 1, name: 'UiTPAS Gent', permanent: true, cities: nis.map(city) })
  await put(
    'municipalities',
    projectionOfMunicipality({ ...where, nis: 44088, name: 'Merelbeke-Melle', mergedFrom: [44043] }),
    MORNING,
  )
  await put('card_systems', system(44021), MORNING)
  await put('card_systems', system(44021, 44043), MORNING + 40 * DAY_MS)
  await put('card_systems', system(44021, 44043, 44052), MORNING + 80 * DAY_MS)
  await put('card_systems', system(44021, 44088, 44052), MORNING + 120 * DAY_MS)
  const dayOf = (days: number) => formatDay(brusselsDay(MORNING + days * DAY_MS))
  expect((await placesNow(warehouse)).joined).toEqual([
    { nis: 44088, day: dayOf(40) },
    { nis: 44052, day: dayOf(80) },
  ])
})
