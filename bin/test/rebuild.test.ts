import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'

const KIOSK = { 'x-custom-token': '516761df-0237-44ea-88f1-9d8b00dd836e', 'content-type': 'application/json' }
/** Compared as a whole, so that a difference is shown. */
const AGREES = { code: 0, output: expect.stringContaining('Everything agrees') }
/** Chips of the sample registry, and the points after the first check-in: two passes start with 30. */
const CHIPS = [
  ['04784CDAEE3880', 31],
  ['04363CDAEE3880', 31],
  ['04CEE7528E6180', 1],
] as const

test('a lost warehouse and a lost Redis are built again from the archive and the registry log', async (context) => {
  const problem = installationProblem()
  context.skip(problem !== '', problem)
  await using installation = await Installation.create()
  await installation.start()
  for (const [chip, totalPoints] of CHIPS) {
    expect(await checkIn(installation.apiUrl, chip)).toMatchObject({ newPoints: 1, totalPoints })
  }
  expect(installation.run('reconcile')).toEqual(AGREES)
  expect(await installation.stop()).toBe(0)

  await rm(join(installation.folder, 'warehouse'), { recursive: true })
  expect(installation.run('reconcile').code).toBe(1)
  expect(installation.run('rebuild', 'warehouse')).toMatchObject({ code: 0 })
  expect(installation.run('reconcile')).toEqual(AGREES)

  await rm(join(installation.folder, 'redis'), { recursive: true })
  expect(installation.run('rebuild', 'redis')).toMatchObject({ code: 0 })
  await installation.start()
  expect(await totalPoints(installation.apiUrl, CHIPS[0][0])).toEqual({ totalPoints: 31 })
  expect(await checkIn(installation.apiUrl, CHIPS[0][0])).toMatchObject({ title: 'Maximum reached' })
  expect(installation.run('reconcile')).toEqual(AGREES)
})

test('a command that needs a stopped installation says so while it runs', async (context) => {
  const problem = installationProblem()
  context.skip(problem !== '', problem)
  await using installation = await Installation.create()
  await installation.start()
  const refused = installation.run('rebuild', 'warehouse')
  expect(refused.code).toBe(3)
  expect(refused.output.trim().split('\n')).toHaveLength(1)
})

async function checkIn(apiUrl: string, chipNumber: string): Promise<unknown> {
  const body = JSON.stringify({ chipNumber })
  const answer = await fetch(`${apiUrl}/kiosk-devices/checkins`, { method: 'POST', headers: KIOSK, body })
  return answer.json()
}

async function totalPoints(apiUrl: string, chipNumber: string): Promise<unknown> {
  return (await fetch(`${apiUrl}/kiosk-devices/chip-numbers/${chipNumber}`, { headers: KIOSK })).json()
}
