import { expect, test } from 'vitest'
import { SCENARIOS } from '../../scenarios/catalogue.ts'
import { doorEntries, doorsOf } from '../../stage/doors.ts'
import { hoursOf, makePopulation, visitorsOf } from '../../stage/population.ts'

const NOW = Date.UTC(2026, 10, 21, 2, 30)
const { smoke } = SCENARIOS
const population = makePopulation({ holders: 300, regions: smoke.regions, now: NOW })

test('doors are open now, at whatever hour, at hosts of the population with what they prove themselves by', () => {
  const doors = doorsOf(population.world, smoke, NOW)
  expect(doors.length).toBeGreaterThan(2)
  for (const { event, client, checkinCode } of doors) {
    const [occurrence] = 'occurrences' in event.calendar ? event.calendar.occurrences : []
    expect(occurrence?.startsAt).toBeLessThan(NOW)
    expect(occurrence?.endsAt).toBeGreaterThan(NOW)
    expect([client.id, client.secret, checkinCode]).not.toContain('')
  }
})

test('the kiosk beside a door is for the event of the door', () => {
  const doors = doorsOf(population.world, smoke, NOW)
  const entries = [...doorEntries(doors)]
  const fixed = entries.flatMap(({ kind, data }) => (kind === 'kiosks' ? [data.fixedEvent] : []))
  expect(fixed).toEqual(doors.filter(({ device }) => device !== '').map(({ event }) => ({ id: event.id })))
  expect(entries.filter(({ kind }) => kind === 'events')).toHaveLength(doors.length)
})

test('a scanner at a door may check in there, and nothing else', () => {
  const doors = doorsOf(population.world, { ...smoke, hasScanners: true }, NOW)
  const clients = [...doorEntries(doors)].flatMap(({ kind, data }) => (kind === 'clients' ? [data] : []))
  const mayCheckIn = (organizer: string) => [{ organizer: { id: organizer }, permissionDetails: [{ id: 'CHECKINS_WRITE' }] }]
  expect(clients.map(({ id, permissions }) => ({ id, permissions }))).toEqual(
    doors.map(({ client, host }) => ({ id: client.id, permissions: mayCheckIn(host.organizer.id) })),
  )
  const atCounters = [...doorEntries(doorsOf(population.world, smoke, NOW))]
  expect(atCounters.filter(({ kind }) => kind === 'clients')).toEqual([])
})

test('a scenario for which nobody has a place says so', () => {
  expect(() => doorsOf(population.world, { ...smoke, doors: { categories: ['film'], most: 5 } }, NOW)).toThrow('film')
})

test('everybody with a pass is a visitor once', () => {
  const visitors = visitorsOf(population)
  expect(new Set(visitors.map(({ uitpasNumber }) => uitpasNumber)).size).toBe(visitors.length)
})

test('the busiest hour of a day counts as one, and the night as less', () => {
  const hours = hoursOf(population)
  expect(hours).toHaveLength(24)
  expect(Math.max(...hours)).toBe(1)
  expect(hours[3]).toBeLessThan(0.5)
})
