import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { markOf, type PublishedFigures, publishedFigures } from '../../published-figures.ts'

let world: PublishedFigures
beforeAll(async () => {
  world = await publishedFigures()
})
afterAll(async () => await world?.[Symbol.asyncDispose]())

async function get(path: string, token = 'zuil_gent', headers: Readonly<Record<string, string>> = {}) {
  return await world.server.inject({
    url: `/api/v1${path}`,
    headers: { ...(token !== '' && { authorization: `Bearer ${token}` }), ...headers },
  })
}

const GENT = 'period=2025&place=municipality:44021'

describe('cells', () => {
  test('come with their release, what is counted, and the error of the rounding', async () => {
    const reply = await get(`/cells?cube=holders&${GENT}`)
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/json'])
    const { rows, dictionary, ...facts } = reply.json()
    expect(rows).toEqual([
      {
        release: 1,
        cube: 'holders',
        period: '2025',
        place: 'municipality:44021',
        place_name: 'Gent',
        column: 'people',
        value: markOf('municipality:44021'),
        status: 'ok',
        cells: 1,
        rounding_error: 2,
      },
    ])
    expect(Object.keys(dictionary)).toEqual(Object.keys(rows[0]))
    expect(facts).toMatchObject({ release: '1', threshold: '10', published: '2026-02-01T08:00:00.000Z', period: '2025' })
  })

  test('that are withheld say so, with no number', async () => {
    const { rows } = (await get(`/cells?cube=holders&dimensions=tariff&${GENT}&language=en`)).json()
    expect(rows.map((row: Record<string, unknown>) => [row.tariff, row.value, row.status, row.rounding_error])).toEqual([
      ['KT', markOf('municipality:44021'), 'ok', 2],
      ['OTHER', null, 'withheld', 0],
    ])
  })

  test('whose members come from the data are there only where they are published, with their names', async () => {
    const { rows } = (await get(`/cells?cube=destinations&dimensions=destination&column=participations&${GENT}`)).json()
    expect(rows).toMatchObject([{ destination: '44021', destination_name: 'Gent', column: 'participations' }])
  })

  test('of several places come apart, or added up with their error', async () => {
    const both = 'period=2025&place=municipality:44021,municipality:44043'
    const apart = (await get(`/cells?cube=holders&${both}`, 'zuil_region')).json()
    expect(apart.rows.map((row: Record<string, unknown>) => row.place)).toEqual(['municipality:44021', 'municipality:44043'])
    const sum = (await get(`/cells?cube=holders&together=true&${both}`, 'zuil_region')).json()
    expect(sum.rows).toEqual([
      expect.objectContaining({
        place: 'municipality:44021+municipality:44043',
        place_name: 'Gent + Melle',
        value: markOf('municipality:44021') + markOf('municipality:44043'),
        status: 'ok',
        cells: 2,
        rounding_error: 2.8,
      }),
    ])
  })
})

describe('figures of a measure', () => {
  test('come from published cells, with the bounds that the rounding leaves', async () => {
    const reply = await get('/figures?measure=A3&period=2025&place=municipality:44021&language=en')
    const { rows, measure } = reply.json()
    expect(rows.find(({ figure }: { figure: string }) => figure === 'gap')).toMatchObject({
      release: 1,
      measure: 'A3',
      unit: 'PERCENTAGE_POINTS',
      place: 'municipality:44021',
      place_name: 'Gent',
      value: -20,
      low: -22,
      high: -17,
      status: 'ok',
      clear: 'yes',
    })
    expect(measure).toBe('A3 Participation gap')
  })

  test('have a column of what people noted only where it is asked for, and then a tag of its own', async () => {
    const ask = async (query: string) => await get(`/figures?measure=A1&period=2025&place=municipality:44021${query}`)
    const [plain, noted] = [await ask(''), await ask('&annotations=true')]
    expect(plain.json().rows[0]).not.toHaveProperty('annotations')
    expect(noted.json().rows[0]).toMatchObject({ annotations: 'campaign 2025-03-01/2025-03-31 Affiches' })
    expect(noted.headers.etag).not.toBe(plain.headers.etag)
    const elsewhere = await get('/figures?measure=A1&period=2025&place=municipality:44043&annotations=true', 'zuil_region')
    expect(elsewhere.json().rows[0]).toMatchObject({ annotations: '' })
  })

  test('are withheld where one of their counts is, alone and added up', async () => {
    const both = 'municipality:44021,municipality:44043'
    const gaps = async (query: string) =>
      (await get(`/figures?measure=participation-gap&period=2025&place=${both}${query}`, 'zuil_region'))
        .json()
        .rows.filter(({ figure }: { figure: string }) => figure === 'gap')
        .map((row: Record<string, unknown>) => [row.place, row.value, row.status])
    expect(await gaps('')).toEqual([
      ['municipality:44021', -20, 'ok'],
      ['municipality:44043', null, 'withheld'],
    ])
    expect(await gaps('&together=true')).toEqual([[both.replace(',', '+'), null, 'withheld']])
  })

  test.each([
    ['an unknown measure', 'measure=Z9&place=all&period=2025', 404, 'unknown-measure', 'A3'],
    ['a measure that is not in releases', 'measure=D1&place=all&period=2025', 404, 'unknown-measure', 'A3'],
    ['a measure with a door of its own', 'measure=C12&place=all&period=2025', 404, 'unknown-measure', 'A3'],
    ['dimensions that are not crossed', 'measure=A3&dimensions=hour&place=all&period=2025', 400, 'dimensions-not-crossed', ''],
    ['a place of others', 'measure=A3&place=municipality:71022&period=2025', 403, 'outside-scope', 'all'],
    ['a kind of place it is not about', 'measure=C1&place=municipality:44021&period=2025', 400, 'invalid-query', 'ORGANIZER'],
    ['a kind of period it does not have', 'measure=A3&place=all&period=2025-Q1', 404, 'period-not-published', '2025'],
  ])('with %s say what may be asked', async (_what, query, status, code, allowed) => {
    const reply = await get(`/figures?${query}`)
    expect([reply.statusCode, reply.json().type]).toEqual([status, `urn:zuil:problem:${code}`])
    expect(reply.json().allowed).toContain(allowed)
  })
})

describe('the benchmark of an organizer', () => {
  test('has its own figures beside the quartiles of its peers, and nothing else of them', async () => {
    const { rows } = (await get('/benchmark/bib-gent?period=2024-2025&language=en', 'zuil_bib')).json()
    expect(rows.find(({ figure }: { figure: string }) => figure === 'holders')).toEqual({
      release: 2,
      period: '2024-2025',
      place: 'organizer:bib-gent',
      place_name: 'Bibliotheek Gent',
      figure: 'holders',
      figure_name: 'passholders',
      unit: 'COUNT',
      value: 200,
      status: 'ok',
      organizers: 9,
      lower_quartile: 120,
      median: 180,
      upper_quartile: 260,
      own_quarter: 3,
    })
    const withheld = rows.find(({ status }: { status: string }) => status === 'withheld')
    expect([withheld.value, withheld.organizers, withheld.median, withheld.own_quarter]).toEqual([null, null, null, null])
  })

  test('without peers has the own figures alone', async () => {
    const { rows } = (await get('/benchmark/bib-melle?period=2024-2025', 'zuil_publiq')).json()
    expect(rows[0]).toMatchObject({ value: 200, organizers: null, lower_quartile: null, own_quarter: null })
  })

  test.each([
    ['of others', 'bib-melle', 'zuil_bib', '2024-2025', 403, 'outside-scope'],
    ['that does not exist', 'nobody', 'zuil_bib', '2024-2025', 403, 'outside-scope'],
    ['for a town', 'bib-gent', 'zuil_gent', '2024-2025', 403, 'outside-scope'],
    ['in a year', 'bib-gent', 'zuil_bib', '2025', 404, 'period-not-published'],
  ])('%s is refused', async (_what, organizer, token, period, status, code) => {
    const reply = await get(`/benchmark/${organizer}?period=${period}`, token)
    expect([reply.statusCode, reply.json().type]).toEqual([status, `urn:zuil:problem:${code}`])
  })
})

test('the data dictionary is open to everybody, and names every measure', async () => {
  const { rows } = (await get('/dictionary?language=en', '')).json()
  expect(new Set(rows.map(({ measure }: { measure: string }) => measure)).size).toBe(58)
  expect(rows.find((row: Record<string, unknown>) => row.measure === 'A3' && row.figure === 'gap')).toMatchObject({
    name: 'Participation gap',
    made_of: expect.stringMatching(/^\(people \(.*\) ÷ people \(.*\)\) − \(/),
  })
})

describe('an answer', () => {
  test.each([
    ['format=csv', '*/*', 'text/csv; charset=utf-8', 'zuil-holders-2025.csv'],
    ['format=csv-excel-nl', '*/*', 'text/csv; charset=utf-8', 'zuil-holders-2025.csv'],
    ['format=xlsx', '*/*', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'zuil-holders-2025.xlsx'],
    ['format=parquet', '*/*', 'application/vnd.apache.parquet', 'zuil-holders-2025.parquet'],
    ['', 'application/vnd.apache.arrow.stream', 'application/vnd.apache.arrow.stream', 'zuil-holders-2025.arrows'],
    ['', 'text/csv;q=0.9, text/html', 'text/csv; charset=utf-8', 'zuil-holders-2025.csv'],
  ])('with %s and Accept %s is %s', async (format, accept, type, name) => {
    const reply = await get(`/cells?cube=holders&${GENT}&${format}`, 'zuil_gent', { accept })
    expect([reply.statusCode, reply.headers['content-type'], reply.headers['content-disposition']]).toEqual([
      200,
      type,
      `attachment; filename="${name}"`,
    ])
  })

  test('that the client has is not sent again, and is not read again', async () => {
    const first = await get(`/cells?cube=holders&${GENT}`)
    const tag = String(first.headers.etag)
    expect([first.headers['cache-control'], first.headers.vary]).toEqual([
      'private, no-cache',
      'accept, accept-encoding, authorization',
    ])
    const again = await get(`/cells?cube=holders&${GENT}`, 'zuil_gent', { 'if-none-match': `"other", W/${tag}` })
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag])
    const other = await get(`/cells?cube=holders&${GENT}&format=csv`, 'zuil_gent', { 'if-none-match': tag })
    expect(other.statusCode).toBe(200)
  })

  test('is packed on its way when the client takes that', async () => {
    const reply = await get('/dimensions', 'zuil_gent', { 'accept-encoding': 'gzip' })
    expect([reply.headers['content-encoding'], reply.rawPayload.readUInt16BE(0)]).toEqual(['gzip', 0x1f8b])
  })

  test('has a HEAD too', async () => {
    const reply = await world.server.inject({
      method: 'HEAD',
      url: `/api/v1/cells?cube=holders&${GENT}`,
      headers: { authorization: 'Bearer zuil_gent' },
    })
    expect([reply.statusCode, reply.body]).toEqual([200, ''])
  })
})

describe('who reads', () => {
  test.each([
    ['a token as Bearer', 'Bearer zuil_gent', 200],
    ['a token as password, as Excel and Power BI have it', `Basic ${Buffer.from('anything:zuil_gent').toString('base64')}`, 200],
    ['an access token of a person', 'Bearer person', 200],
    ['nothing', '', 401],
    ['a token that is none', 'Bearer zuil_wrong', 401],
    ['an access token that is none', 'Bearer wrong', 401],
    ['a password without a name', `Basic ${Buffer.from('zuil_gent').toString('base64')}`, 401],
    ['another scheme', 'Digest zuil_gent', 401],
    ['an account without roles', 'Bearer zuil_none', 403],
  ])('with %s', async (_what, authorization, status) => {
    const reply = await world.server.inject({ url: '/api/v1/places', headers: authorization === '' ? {} : { authorization } })
    expect(reply.statusCode).toBe(status)
    if (status === 401) expect(reply.headers['www-authenticate']).toContain('Basic realm="zuil"')
  })

  test('is shown the own places only', async () => {
    const names = async (token: string) =>
      (await get('/places', token)).json().rows.map(({ place }: { readonly place: string }) => place)
    expect(await names('zuil_gent')).toEqual(['all', 'municipality:44021'])
    expect(await names('zuil_region')).toEqual(['all', 'region:1', 'municipality:44021', 'municipality:44043'])
    expect(await names('zuil_bib')).toEqual(['all', 'organizer:bib-gent'])
    expect(await names('zuil_settlement')).toEqual(['all'])
    expect(await names('zuil_publiq')).toHaveLength(11)
  })
})

describe('a question that cannot be answered', () => {
  test.each([
    ['an unknown cube', 'cube=nothing&place=all&period=2025', 404, 'unknown-measure', 'holders'],
    ['an unknown column', `cube=holders&column=points&${GENT}`, 400, 'invalid-query', 'people'],
    ['dimensions that are not crossed', `cube=holders&dimensions=sector&${GENT}`, 400, 'dimensions-not-crossed', 'tariff'],
    ['a place that is none', 'cube=holders&place=gent&period=2025', 400, 'invalid-query', 'all'],
    [
      'a kind of place that the cube does not have',
      'cube=organizer-public&place=municipality:44021&period=2025',
      400,
      'invalid-query',
      'ORGANIZER',
    ],
    ['no place', 'cube=holders&place=,&period=2025', 400, 'invalid-query', 'municipality:44021'],
    ['a place of others', 'cube=holders&place=municipality:71022&period=2025', 403, 'outside-scope', 'municipality:44021'],
    [
      'a place that does not exist',
      'cube=holders&place=municipality:99999&period=2025',
      403,
      'outside-scope',
      'municipality:44021',
    ],
    ['an open period', 'cube=holders&place=all&period=2026', 404, 'period-not-published', '2025'],
    ['a period whose release failed', 'cube=holders&place=all&period=2024', 404, 'period-not-published', '2025'],
    ['a period that is none', 'cube=holders&place=all&period=lately', 404, 'period-not-published', '2025'],
    ['a release of another period', `cube=holders&release=2&${GENT}`, 404, 'period-not-published', '2025'],
    ['a misspelt parameter', `cube=holders&dimension=tariff&${GENT}`, 400, 'invalid-query', 'dimensions'],
    ['an unknown format', `cube=holders&format=pdf&${GENT}`, 400, 'invalid-query', undefined],
    ['no cube', GENT, 400, 'invalid-query', undefined],
  ])('with %s says what may be asked', async (_what, query, status, code, allowed) => {
    const reply = await get(`/cells?${query}`)
    expect([reply.statusCode, reply.headers['content-type'], reply.json().type]).toEqual([
      status,
      'application/problem+json',
      `urn:zuil:problem:${code}`,
    ])
    if (allowed !== undefined) expect(reply.json().allowed).toContain(allowed)
  })

  test('about people in places that they may share does not add them up', async () => {
    const query = 'cube=organizer-public&column=people&together=true&period=2025&place=organizer:bib-gent,organizer:bib-melle'
    const reply = await get(`/cells?${query}`, 'zuil_publiq')
    expect([reply.statusCode, reply.json().type]).toEqual([400, 'urn:zuil:problem:places-not-added'])
  })

  test('for too many cells or places is refused before anything is read', async () => {
    const many = Array.from({ length: 401 }, (_, index) => `municipality:${index}`).join()
    const places = await get(`/cells?cube=holders&period=2025&place=${many}`, 'zuil_publiq')
    const cells = await get(
      `/cells?cube=destinations&dimensions=destination,tariff&period=2025&place=${many.split(',').slice(0, 100).join()}`,
      'zuil_publiq',
    )
    for (const reply of [places, cells])
      expect([reply.statusCode, reply.json().type]).toEqual([400, 'urn:zuil:problem:answer-too-large'])
  })
})

test('a reader who asks without end is told to wait', async () => {
  const statuses = new Set<number>()
  for (let request = 0; request < 130; request++) statuses.add((await get('/releases', 'zuil_auditor')).statusCode)
  expect([...statuses]).toEqual([200, 429])
})

test('OpenAPI describes every route with its parameters and how to sign in', async () => {
  const document = (await get('/docs/json', '')).json()
  expect(Object.keys(document.paths).filter((path) => !path.includes('docs'))).toEqual(
    expect.arrayContaining(['/api/v1/cells', '/api/v1/places', '/api/v1/releases', '/api/v1/now']),
  )
  expect(document.paths['/api/v1/cells'].get.parameters.map(({ name }: { name: string }) => name)).toContain('together')
  expect((await get('/docs/', '')).headers['content-security-policy']).toContain("script-src 'self'")
})

describe('what a workspace keeps', () => {
  test('is a table in every format, for who reads the place', async () => {
    const reply = await get('/workspace/agreements?place=region:1&language=fr', 'zuil_region')
    expect(reply.json().rows[0]).toMatchObject({
      agreement: 'offer-open',
      name: 'Offre ouverte à tous les habitants de la région',
    })
    for (const part of ['members', 'onboarding', 'devices', 'cards', 'orders']) {
      const file = await get(`/workspace/${part}?place=municipality:44021&period=2025&format=csv`)
      expect([part, file.statusCode, file.headers['content-type']]).toEqual([part, 200, 'text/csv; charset=utf-8'])
    }
  })

  test('is of nobody else: not of a neighbour, an organizer or who settles, and not without a token', async () => {
    const statusOf = async (path: string, token: string) => (await get(path, token)).statusCode
    expect(await statusOf('/workspace/members?place=region:1', 'zuil_gent')).toBe(403)
    expect(await statusOf('/workspace/devices?place=municipality:44043', 'zuil_gent')).toBe(403)
    for (const token of ['zuil_bib', 'zuil_settlement', 'zuil_none'])
      expect([token, await statusOf('/workspace/cards?place=municipality:44021', token)]).toEqual([token, 403])
    expect(await statusOf('/workspace/members?place=region:1', '')).toBe(401)
    expect(await statusOf('/workspace/gossip?place=region:1', 'zuil_region')).toBe(400)
    expect(await statusOf('/workspace/orders?place=region:1&period=yesterday', 'zuil_region')).toBe(400)
  })
})
