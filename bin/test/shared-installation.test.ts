import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import { type ApiCall, sampleClient } from './api-client.ts'
import { Installation, installationProblem } from './installation.ts'
import { signedIn } from './sign-in.ts'

/** More than the installation itself allows for its start and its stop. */
const STARTED_WITHIN_MS = 150_000
const STOPPED_WITHIN_MS = 120_000
/** Of the sample registry. */
const PASSHOLDER = '09daa67c-7f09-4062-ad41-5853ae2403df'
const NUMBER = '0900000095902'
/** Has a right to the social tariff. */
const ENTITLED = { id: 'd3797c51-827e-4671-a1d1-6c4b5be124ef', number: '0900000067513' }
const ORGANIZER = '0ce87cbc-9299-4528-8d35-92225dc9489f'
const EVENT = '5a0967f9-cc06-4c3c-9206-30481a767434'
const CHECKINS = `/checkins?passholderId=${PASSHOLDER}&organizerId=${ORGANIZER}`

/** What these cases do does not touch one another, and a start takes longer than they do; the last one ends the hub. */
const problem = installationProblem()
let shared: Installation | undefined
beforeAll(async () => {
  if (problem !== '') return
  shared = await Installation.create()
  await shared.start()
}, STARTED_WITHIN_MS)
afterAll(() => shared?.[Symbol.asyncDispose](), STOPPED_WITHIN_MS)

function running(context: TestContext): Installation {
  context.skip(!shared, problem)
  if (!shared) throw new Error('There is no installation')
  return shared
}

test('a token is made, reads the places of its account, and ends when it is revoked or the account loses its role, by import or on the page of roles', async (context) => {
  const installation = running(context)
  const places = async (token: string) => {
    const authorization = `Basic ${Buffer.from(`spreadsheet:${token}`).toString('base64')}`
    const reply = await fetch(`${installation.dashboardUrl}/api/v1/places?format=csv`, { headers: { authorization } })
    return reply.ok ? (await reply.text()).trim().split('\r\n') : reply.status
  }

  expect(installation.run('tokens', 'create', '--account', 'sample-samira', '--name', 'x')).toMatchObject({
    code: 1,
    output: expect.stringContaining('No account sample-samira that reads figures'),
  })
  const made = installation.run('tokens', 'create', '--account', 'sample-gent', '--name', 'Report')
  const [token = '', id = ''] = /(?:zuil_)([a-z0-9]{12})_[a-z0-9]{32}/.exec(made.output) ?? []
  expect(made.code).toBe(0)
  await expect.poll(() => places(token)).toEqual(['place,name', 'all,', 'municipality:44021,Gent'])
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toHaveLength(3)

  const listed = installation.run('tokens', 'list')
  expect(listed.output).toContain(`${id}  sample-gent  Report  until it is revoked`)
  expect(listed.output).not.toContain(token)
  expect(installation.run('tokens', 'revoke', id)).toMatchObject({ code: 0 })
  expect(await places(token)).toBe(401)
  expect(installation.run('tokens', 'list').output).toContain(`${id}  sample-gent  Report  revoked`)

  const account = { id: 'sample-gent', email: 'gent@example.be', password: 'sample-password' }
  expect(installation.importRegistry([JSON.stringify({ kind: 'accounts', data: account })]).code).toBe(0)
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toBe(403)

  const administrator = {
    id: 'administrator',
    email: 'publiq@example.be',
    password: 'sample-password',
    roles: [{ role: 'publiq' }],
  }
  expect(installation.importRegistry([JSON.stringify({ kind: 'accounts', data: administrator })]).code).toBe(0)
  const page = `${installation.dashboardUrl}/beheer/rollen`
  const browser = await signedIn(installation.dashboardUrl, '/beheer/rollen', administrator)
  const gift = { account: 'Gent@example.be', rol: 'municipality', plaats: 'Gent' }
  expect(await browser.next(`${page}/geef`, gift)).toBe(`${page}?melding=given`)
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toHaveLength(3)
  expect(await (await browser.open(page)).text()).toContain('gent@example.be: Gemeente Gent')
  expect(await browser.next(`${page}/neem`, { nummer: 'sample-gent municipality:44021' })).toBe(`${page}?melding=taken`)
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toBe(403)
  expect(await browser.next(`${page}/neem`, { nummer: 'administrator publiq' })).toBe(`${page}?melding=last`)

  expect(installation.run('tokens', 'revoke', 'nobody000001')).toMatchObject({ code: 1 })
  expect(installation.run('tokens', 'create')).toMatchObject({ code: 2 })
})

test('what was just registered is read back at once, what was voided is gone at once, and a hub that is away is said', async (context) => {
  const installation = running(context)
  const call = await sampleClient(installation.apiUrl)

  expect(await call('GET', CHECKINS)).toMatchObject({ status: 200, body: { totalItems: 0, member: [] } })
  const made = await call('POST', '/checkins', { eventId: EVENT, uitpasNumber: NUMBER })
  expect(made.status).toBe(201)
  const { passholder, ...checkin } = made.body
  expect(passholder).toMatchObject({ id: PASSHOLDER })
  expect(await call('GET', CHECKINS)).toEqual({
    status: 200,
    body: { totalItems: 1, member: [checkin] },
    retryAfter: null,
    receipt: null,
  })
  expect(await call('GET', `${CHECKINS}&eventTitle=bestaat%20niet`)).toMatchObject({ body: { totalItems: 0 } })
  expect(await call('GET', `${CHECKINS}&limit=0`)).toMatchObject({ body: { totalItems: 1, member: [] } })

  const history = await call('GET', `/passholders/${PASSHOLDER}/transactions?limit=1`)
  const { id, eventTitle: title, points, creationDate } = checkin
  expect(history.body).toMatchObject({ member: [{ title, points, creationDate }] })

  const redeemed = await call('POST', '/rewards/redeemed', { rewardId: '5687', uitpasNumber: NUMBER })
  const redemptions = await call('GET', `/rewards/redeemed?uitpasNumber=${NUMBER}&rewardType=POINTS&rewardTitle=OMRUIL`)
  expect(redemptions).toEqual({ status: 200, body: { totalItems: 1, member: [redeemed.body] }, retryAfter: null, receipt: null })
  expect(await call('GET', `/rewards/redeemed?uitpasNumber=${NUMBER}&rewardType=WELCOME`)).toMatchObject({
    body: { totalItems: 0 },
  })

  const { id: redemption, redeemDate } = redeemed.body
  expect((await call('GET', `/passholders/${PASSHOLDER}/transactions?limit=1`)).body).toMatchObject({
    member: [{ points: -4, creationDate: redeemDate }],
  })
  expect((await call('DELETE', `/rewards/redeemed/${redemption}`)).status).toBe(204)
  expect(await call('GET', `/rewards/redeemed?uitpasNumber=${NUMBER}`)).toMatchObject({ body: { totalItems: 0, member: [] } })
  await salesAreReadBack(call)
  await salesAreReported(call)

  expect((await call('DELETE', `/checkins/${id}`)).status).toBe(204)
  expect(await call('GET', CHECKINS)).toMatchObject({ status: 200, body: { totalItems: 0, member: [] } })
  expect(installation.run('reconcile')).toMatchObject({ code: 0 })

  installation.kill('hub')
  const away = await call('GET', CHECKINS)
  expect(away).toMatchObject({ status: 503, body: { detail: 'What was registered cannot be read back just now' } })
  expect(away.retryAfter).toBe('5')
})

/** Two tickets at the social tariff, found by event and by passholder, without and after the cancelling of one. */
async function salesAreReadBack(call: ApiCall): Promise<void> {
  const ticket = { tariff: { id: 'SOCIALTARIFF' }, uitpasNumber: ENTITLED.number, eventId: EVENT, regularPrice: '12.00' }
  const sold = await call('POST', '/ticket-sales', [{ ...ticket, regularPriceLabel: 'Basistarief' }, ticket])
  expect(sold.status).toBe(200)
  // A passholder is shown with the balance of the moment, which is no part of the sale.
  const [first, second] = [...Object.values(sold.body)].map((sale) => ({ ...Object(sale), passholder: expect.anything() }))
  const byEvent = `/ticket-sales?eventId=${EVENT}`
  const byPassholder = `/ticket-sales?passholderId=${ENTITLED.id}&organizerId=${ORGANIZER}`
  expect(first).toMatchObject({ tariff: { price: 2.4 }, regularPrice: 12, regularPriceLabel: 'Basistarief' })
  for (const query of [byEvent, byPassholder]) {
    expect(await call('GET', query)).toMatchObject({ status: 200, body: { totalItems: 2, member: [second, first] } })
  }
  expect(await call('GET', `${byPassholder}&eventTitle=bestaat%20niet`)).toMatchObject({ body: { totalItems: 0 } })
  expect((await call('DELETE', `/ticket-sales/${first.id}`)).status).toBe(204)
  for (const query of [byEvent, byPassholder]) {
    expect(await call('GET', query)).toMatchObject({ body: { totalItems: 1, member: [second] } })
  }
  expect((await call('DELETE', `/ticket-sales/${first.id}`)).status).toBe(404)
}

/** The one ticket that is left, in the workbook of the municipality where its passholder lives. */
async function salesAreReported(call: ApiCall): Promise<void> {
  const reports = `/organizers/${ORGANIZER}/financial-reports`
  const { body: started } = await call('POST', reports, { startDate: '2020-01-01', endDate: '2099-12-31' })
  expect(started).toMatchObject({ status: 'STARTED' })
  const status = async () => (await call('GET', `${reports}/${started.id}`)).body.status
  await expect.poll(status, { timeout: 10_000, interval: 100 }).toBe('AVAILABLE')
  const link = await call('GET', `${reports}/${started.id}/download-link`)
  const zip = await fetch(String(link.body.downloadLink))
  expect(zip.headers.get('content-disposition')).toMatch(/^attachment; filename="financialOverview_[a-z0-9-]+_\d{8}_\d{4}\.zip"$/)
  const books = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Object.keys(books)).toEqual([expect.stringMatching(/^\d{5}-[a-z-]+\.xlsx$/)])
  const book = unzipSync(Object.values(books)[0] ?? new Uint8Array())
  const sheet = strFromU8(book['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  // Heads, one sale, the total.
  expect(sheet.match(/<row /g)).toHaveLength(3)
}
