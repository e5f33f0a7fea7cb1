import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { until } from '../until.ts'

/** A request but for the empty line that ends its head: its connection is not idle, so it stays while the service stops. */
const BEGUN = 'POST /checkins HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Type: application/json\r\n'

test.skipIf(!hasRedis)(
  'a request that comes while the service stops is refused with a problem document and a time to come back',
  async () => {
    await using service = await IngestService.start()
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    const address = service.app.server.address()
    const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
    await once(socket, 'connect')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
    })
    const isOver = once(socket, 'close')
    socket.write(`GET /health HTTP/1.1\r\nHost: x\r\n\r\n${BEGUN}`)
    await until('the first request is answered', async () => heard.endsWith('{"status":"ok"}'))
    heard = ''
    const stopped = service.app.close()
    socket.write('\r\n{}')
    await isOver
    await stopped
    const [head = '', body = ''] = heard.split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 503 /)
    expect(head.toLowerCase()).toContain('\r\nretry-after: 1')
    expect(head.toLowerCase()).toContain('\r\ncontent-type: application/problem+json')
    expect(head.toLowerCase()).toContain('\r\nconnection: close')
    expect(JSON.parse(body)).toMatchObject({ status: 503, type: 'urn:zuil:problem:overloaded' })
  },
)
