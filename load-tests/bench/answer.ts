import { request } from 'node:http'

/** An answer as it came: what the bare route is to say as well. */
export interface Answer {
  readonly status: number
  /** Header fields, without those of the connection and the moment. */
  readonly fields: Readonly<Record<string, string>>
  /** Parsed JSON. */
  readonly body: unknown
}

/** Fastify and Node set these by themselves. */
const FIELDS_OF_THE_MOMENT: readonly string[] = ['date', 'connection', 'keep-alive', 'content-length']

/**
 * Sends a prepared request, the very bytes that a load sends, on a connection of its own.
 * @throws {Error} when it is not answered with 2xx: a load of such requests would measure refusals
 */
export async function ask(port: number, prepared: Buffer): Promise<Answer> {
  const [head = '', body = ''] = prepared.toString('latin1').split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const [method = '', path = ''] = line.split(' ')
  const headers = Object.fromEntries(fields.map((field) => field.split(': ', 2)))
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const call = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (piece) => {
      text += piece
    })
    response.once('error', reject)
    response.once('end', () => {
      const { statusCode: status = 0 } = response
      if (status < 200 || status > 299) reject(new Error(`${line} was answered with ${status}: ${text}`))
      else resolve({ status, fields: lastingFields(response.headers), body: JSON.parse(text) })
    })
  })
  call.once('error', reject)
  call.end(body)
  return promise
}

function lastingFields(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const lasting = Object.entries(headers).filter(([name]) => !FIELDS_OF_THE_MOMENT.includes(name))
  return Object.fromEntries(lasting.map(([name, value]) => [name, String(value)]))
}
