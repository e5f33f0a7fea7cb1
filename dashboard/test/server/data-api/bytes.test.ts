import { gzipSync } from 'node:zlib'
import { Float64, makeData, makeVector, Table, tableToIPC } from 'apache-arrow'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORMAT_NAMES } from '../../../src/server/formats/formats.ts'
import { findsValue } from '../../finds-value.ts'
import {
  CREDENTIALS,
  markOf,
  PLACE_TEXTS,
  PLACES_WITH_VILLAGES,
  type PublishedFigures,
  publishedFigures,
  serve,
  VILLAGES,
} from '../../published-figures.ts'

let world: PublishedFigures
let wide: FastifyInstance
beforeAll(async () => {
  world = await publishedFigures()
  wide = await serve(world.warehouse, CREDENTIALS, { named: PLACES_WITH_VILLAGES })
})
afterAll(async () => {
  await wide?.close()
  await world?.[Symbol.asyncDispose]()
})

const SHOWN = 'municipality:44021'
const QUERIES = [
  `/cells?cube=holders&period=2025&place=${SHOWN}`,
  `/cells?cube=holders&dimensions=tariff&period=2025&place=${SHOWN}`,
  `/cells?cube=destinations&dimensions=destination&period=2025&place=${SHOWN}`,
  `/cells?cube=holders&together=true&period=2025&place=${SHOWN},municipality:44043`,
]

describe.each(FORMAT_NAMES)('the bytes of %s', (format) => {
  test.each(QUERIES)('of %s hold no number of a place that was not asked for', async (query) => {
    const reply = await world.server.inject({
      url: `/api/v1${query}&format=${format}`,
      headers: { authorization: 'Bearer zuil_region' },
    })
    expect(reply.statusCode).toBe(200)
    const together = query.includes('together')
    for (const place of PLACE_TEXTS) {
      const asked = !together && place === SHOWN
      expect([place, findsValue(reply.rawPayload, markOf(place))]).toEqual([place, asked])
    }
    if (together) expect(findsValue(reply.rawPayload, markOf(SHOWN) + markOf('municipality:44043'))).toBe(true)
  })

  test('of a question about more places than are read one by one hold no number of a place that was not asked for', async () => {
    const places = [SHOWN, ...VILLAGES.map((nis) => `municipality:${nis}`)].join()
    const reply = await wide.inject({
      url: `/api/v1/cells?cube=neighbourhoods&dimensions=postal-code&period=2025&place=${places}&format=${format}`,
      headers: { authorization: 'Bearer zuil_publiq' },
    })
    expect(reply.statusCode).toBe(200)
    expect(PLACE_TEXTS.filter((place) => findsValue(reply.rawPayload, markOf(place)))).toEqual([SHOWN])
  })
})

test('the bytes of a refusal hold no number at all', async () => {
  const reply = await world.server.inject({
    url: '/api/v1/cells?cube=holders&period=2025&place=municipality:71022',
    headers: { authorization: 'Bearer zuil_gent' },
  })
  for (const place of PLACE_TEXTS) expect(findsValue(reply.rawPayload, markOf(place))).toBe(false)
})

describe('a number that a naive query leaves behind is found', () => {
  const HIDDEN = 7_654_321
  /** What `if(n < 10, NULL, n)` sends: the true value below a null. */
  const naive = () => {
    const data = makeData({
      type: new Float64(),
      length: 2,
      nullCount: 1,
      nullBitmap: Uint8Array.of(0b01),
      data: Float64Array.of(20, HIDDEN),
    })
    const table = new Table({ value: makeVector(data) })
    return Buffer.from(tableToIPC(table, 'stream'))
  }

  test('below a null of an Arrow stream', () => {
    expect(findsValue(naive(), HIDDEN)).toBe(true)
    expect(findsValue(gzipSync(naive()), HIDDEN)).toBe(true)
    expect(findsValue(naive(), HIDDEN + 1)).toBe(false)
  })

  test.each(['{"value":7654321}', 'aria-label="7.654.321 pashouders"', '<v>7,654,321</v>'])('in the text %s', (text) => {
    expect(findsValue(Buffer.from(text), HIDDEN)).toBe(true)
  })
})
