import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ApiCall, sampleClient } from './api-client.ts'
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

/** Of the sample registry: somebody with points, and somebody with a right to the social tariff. */
const REDEEMER = '0900000095902'
const ENTITLED = { id: 'd3797c51-827e-4671-a1d1-6c4b5be124ef', number: '0900000067513' }
const ORGANIZER = '0ce87cbc-9299-4528-8d35-92225dc9489f'
const EVENT = '5a0967f9-cc06-4c3c-9206-30481a767434'
const REWARD = '5687'
const REWARD_POINTS = 4

test('a lost warehouse and a lost Redis are built again from the archive and the registry log, once the installation has stopped', async (context) => {
  const problem = installationProblem()
  context.skip(problem !== '', problem)
  await using installation = await Installation.create()
  await installation.start()
  for (const [chip, totalPoints] of CHIPS) {
    expect(await checkIn(installation.apiUrl, chip)).toMatchObject({ newPoints: 1, totalPoints })
  }
  const exchanges = await exchange(await sampleClient(installation.apiUrl))
  importClientThatLeaves(installation)
  const settled = await settleTwoMonths(installation)
  expect(installation.run('reconcile')).toEqual(AGREES)
  const refused = installation.run('rebuild', 'warehouse')
  expect([refused.code, refused.output.trim().split('\n').length]).toEqual([3, 1])
  expect(await installation.stop()).toBe(0)

  await rm(join(installation.folder, 'warehouse'), { recursive: true })
  expect(installation.run('reconcile').code).toBe(1)
  expect(installation.run('rebuild', 'warehouse')).toMatchObject({
    code: 0,
    output: expect.stringContaining('Settlements: 1 closed periods copied from their record.'),
  })
  expect(installation.run('reconcile')).toEqual(AGREES)

  await rm(join(installation.folder, 'redis'), { recursive: true })
  expect(installation.run('rebuild', 'redis')).toMatchObject({ code: 0 })
  await installation.start()
  expect(await totalPoints(installation.apiUrl, CHIPS[0][0])).toEqual({ totalPoints: 31 - REWARD_POINTS })
  expect(await checkIn(installation.apiUrl, CHIPS[0][0])).toMatchObject({ title: 'Maximum reached' })
  expect(settlement(installation, settled.month)).toEqual({ code: 0, output: settled.statement })
  await exchangesAreThere(await sampleClient(installation.apiUrl), exchanges)
  expect(await tokenStatus(installation.apiUrl, { client_id: 'leaver', client_secret: 'leaving' })).toBe(401)
  expect(installation.run('reconcile')).toEqual(AGREES)
})

/** Last month is closed, once, by who may; the running month has the ticket that was not cancelled. */
async function settleTwoMonths(installation: Installation): Promise<{ readonly month: string; readonly statement: string }> {
  const today = new Date().toISOString()
  const month = today.slice(0, 7)
  const last = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2)).toISOString().slice(0, 7)
  expect(settlement(installation, last, 'close', '--by', 'sample-gent')).toMatchObject({ code: 1 })
  expect(settlement(installation, last, 'close', '--by', 'sample-settlement')).toMatchObject({ code: 0 })
  expect(settlement(installation, last, 'close', '--by', 'sample-settlement')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/was closed on .* by sample-settlement; what came since is settled with the next period/),
  })
  expect(settlement(installation, month, 'close', '--by', 'sample-settlement').output).toContain('is not over yet')
  expect(settlement(installation, '2020-Q1').output).toContain('was closed last, so the next period begins on')
  const folder = join(installation.folder, 'statements')
  const { code, output } = settlement(installation, month, '--to', folder)
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/Merelbeke-Melle +paid +€ 4\.80/) })
  const notes = await readdir(join(folder, 'organizers'))
  expect([notes.length, notes.filter((name) => name.endsWith('.pdf')).length]).toEqual([4, 1])
  expect(await readFile(join(folder, `afrekening-uitpas-regio-gent-${month}.csv`), 'utf8')).toContain(
    'line,44088,Merelbeke-Melle,false,,1,4.8,',
  )
  const supposed = settlement(installation, month, '--what-if', 'participant=25,local=55').output
  expect(supposed).toContain('what would have been')
  expect(supposed).toContain('paid       € 6.60')
  const log = await readFile(join(installation.folder, 'settlements', 'access.ndjson'), 'utf8')
  expect(log.match(/"what":"(READ|CLOSE|WHAT_IF)"/g)).toEqual(['"what":"CLOSE"', '"what":"READ"', '"what":"WHAT_IF"'])
  return { month, statement: output.replace(/^\d+ files are in .*\n/m, '') }
}

function settlement(installation: Installation, period: string, ...args: readonly string[]) {
  return installation.run('settlement', ...args, '--region', 'UiTPAS Regio Gent', '--period', period)
}

/** Comes and goes with one file; a second removal changes nothing, and what is wrong is named. */
function importClientThatLeaves(installation: Installation): void {
  const { code, output } = installation.importRegistry([
    '{"kind":"clients","data":{"id":"leaver","name":"Leaver","secret":"leaving","permissions":[]}}',
    '{"kind":"clients","remove":"leaver"}',
    '{"kind":"clients","remove":"leaver"}',
    '{"kind":"events","remove":"leaver"}',
    '{"kind":"clients","remove":"leaver","data":{}}',
    '{"kind":"clients"}',
  ])
  expect({ code, lines: output.trim().split('\n') }).toEqual({
    code: 1,
    lines: [
      'line 4: Entries of events are not removed: put them as what they are now.',
      expect.stringMatching(/^line 5: .*"remove"/),
      expect.stringMatching(/^line 6: .*"remove"/),
      '3 of 6 lines taken, 3 refused.',
    ],
  })
}

async function tokenStatus(apiUrl: string, credentials: Readonly<Record<string, string>>): Promise<number> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials })
  return (await fetch(`${apiUrl}/realms/uitid/protocol/openid-connect/token`, { method: 'POST', body })).status
}

interface Exchanges {
  /** Paths: of each kind one that was cancelled and one that was not. */
  readonly cancelled: readonly string[]
  readonly standing: readonly string[]
  /** What the API says of them. */
  readonly answers: readonly unknown[]
}

/** Two tickets and two rewards, one of each cancelled. */
async function exchange(call: ApiCall): Promise<Exchanges> {
  const ticket = { tariff: { id: 'SOCIALTARIFF' }, uitpasNumber: ENTITLED.number, eventId: EVENT, regularPrice: '12.00' }
  const sold = await call('POST', '/ticket-sales', [ticket, ticket])
  expect(sold.status).toBe(200)
  const [cancelledSale, sale] = Object.values(sold.body).map((each) => `/ticket-sales/${Object(each).id}`)
  const redeem = async () => {
    const redeemed = await call('POST', '/rewards/redeemed', { rewardId: REWARD, uitpasNumber: REDEEMER })
    expect(redeemed.status).toBe(201)
    return `/rewards/redeemed/${redeemed.body.id}`
  }
  const [cancelledRedemption, redemption] = [await redeem(), await redeem()]
  const cancelled = [String(cancelledSale), cancelledRedemption]
  for (const path of cancelled) expect(await call('DELETE', path)).toMatchObject({ status: 204 })
  return { cancelled, standing: [String(sale), redemption], answers: await readExchanges(call) }
}

async function readExchanges(call: ApiCall): Promise<unknown[]> {
  const sales = await call('GET', `/ticket-sales?passholderId=${ENTITLED.id}&organizerId=${ORGANIZER}`)
  const redemptions = await call('GET', `/rewards/redeemed?uitpasNumber=${REDEEMER}`)
  const pass = await call('GET', `/passes/${REDEEMER}`)
  return [sales.body, redemptions.body, pass.body]
}

/** As before the loss; what was cancelled stays cancelled, and the rest can be cancelled once. */
async function exchangesAreThere(call: ApiCall, { cancelled, standing, answers }: Exchanges): Promise<void> {
  expect(answers).toMatchObject([{ totalItems: 1 }, { totalItems: 1 }, {}])
  expect(await readExchanges(call)).toEqual(answers)
  const statuses = []
  for (const path of [...cancelled, ...standing, ...standing]) statuses.push((await call('DELETE', path)).status)
  expect(statuses).toEqual([404, 404, 204, 204, 404, 404])
}

async function checkIn(apiUrl: string, chipNumber: string): Promise<unknown> {
  const body = JSON.stringify({ chipNumber })
  const answer = await fetch(`${apiUrl}/kiosk-devices/checkins`, { method: 'POST', headers: KIOSK, body })
  return answer.json()
}

async function totalPoints(apiUrl: string, chipNumber: string): Promise<unknown> {
  return (await fetch(`${apiUrl}/kiosk-devices/chip-numbers/${chipNumber}`, { headers: KIOSK })).json()
}
