import { describe, expect, test } from 'vitest'
import { ask } from '../../bench/answer.ts'
import { BareRoute } from '../../bench/bare-route-process.ts'
import { RequestWriter } from '../../bench/client/request-writer.ts'

const POPULATION = { seed: 1, passholders: 100, events: 5, organizers: 1 }
const FIELDS = { 'content-type': 'application/json; charset=utf-8', 'zuil-receipt': '0.1-1' }

function tariffsAt(price: number) {
  const tariff = { id: 'SOCIALTARIFF', name: 'Kansentarief', price, type: 'SOCIALTARIFF', remaining: 1 }
  return { status: 200, fields: FIELDS, body: { available: [tariff] } }
}

describe('the bare route', () => {
  test('gives the answers it was told, one after the other, to the requests that a load sends', async () => {
    const answers = [tariffsAt(2.4), tariffsAt(3)]
    await using bare = await BareRoute.start({ route: 'tariffs', answers })
    const request = { kind: 'tariffs', first: 0 } as const
    const template = new RequestWriter({
      target: bare.target,
      token: 'a',
      population: POPULATION,
      request,
      requestsMax: 1,
    }).template()
    template.fill(0)
    const { port } = bare.target
    const heard = [await ask(port, template.bytes), await ask(port, template.bytes), await ask(port, template.bytes)]
    expect(heard).toEqual([...answers, answers[0]])
  })

  test('keeps to the schema of the route: what is no such request is refused', async () => {
    await using bare = await BareRoute.start({ route: 'tariffs', answers: [tariffsAt(2.4)] })
    const bytes = Buffer.from(`GET /tariffs?eventId=1 HTTP/1.1\r\nhost: 127.0.0.1:${bare.target.port}\r\n\r\n`)
    await expect(ask(bare.target.port, bytes)).rejects.toThrow("must have required property 'regularPrice'")
  })
})
