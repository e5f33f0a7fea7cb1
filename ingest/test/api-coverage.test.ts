import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OFFICIAL_OPERATIONS, type OfficialOperation } from '../src/routes/official-operations.ts'
import { IngestService } from './ingest-service.ts'
import { hasRedis } from './redis-server.ts'

const HEAD = `# What of the official API is here

Every operation of the official document of the UiTPAS API 4.0, in its order. What is not here answers \`501\` with the problem
\`urn:zuil:problem:not-implemented\`, to who has a token; \`detail\` says what stands in the last column. How the operations that are here
differ is in \`api-differences.md\`. The table is made from ingest/src/routes/official-operations.ts and from the routes by
ingest/test/api-coverage.test.ts (\`npx vitest run --project ingest ingest/test/api-coverage.test.ts -u\`).

| operation | here | why not, and what instead |
|---|---|---|
`

describe.skipIf(!hasRedis)('the operations of the official document', () => {
  let service: IngestService
  let paths: Readonly<Record<string, object>>
  beforeAll(async () => {
    service = await IngestService.start()
    paths = (await service.app.inject({ url: '/docs/json' })).json().paths
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const shapes = () =>
    new Set(Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => shapeOf(method, path))))
  const isHere = ({ method, path }: OfficialOperation) => shapes().has(shapeOf(method, path))

  test('stand in docs/api-coverage.md as they are', async () => {
    const rows = OFFICIAL_OPERATIONS.map((operation) => {
      const { method, path, instead = '' } = operation
      return `| \`${method} ${path}\` | ${isHere(operation) ? 'yes |' : `501 | ${instead}`} |`
    })
    const count = OFFICIAL_OPERATIONS.filter(isHere).length
    const sum = `\n${count} of ${OFFICIAL_OPERATIONS.length} operations are here.\n`
    await expect(`${HEAD}${rows.join('\n')}\n${sum}`).toMatchFileSnapshot('../../docs/api-coverage.md')
  })

  test('have a reason to stay out, or are here', () => {
    expect(OFFICIAL_OPERATIONS.filter((operation) => (operation.instead === undefined) !== isHere(operation))).toEqual([])
  })

  test('answer 501 with what to use instead when they are not here, to who has a token only', async () => {
    const missing = OFFICIAL_OPERATIONS.filter((operation) => !isHere(operation))
    for (const { method, path, instead } of missing) {
      const url = path.replaceAll(/\{\w+\}/g, 'x')
      const known = await service.app.inject({ method, url, headers: await service.bearer() })
      const stranger = await service.app.inject({ method, url })
      expect([path, known.statusCode, known.headers['content-type']]).toEqual([path, 501, 'application/problem+json'])
      expect(known.json()).toEqual({
        type: 'urn:zuil:problem:not-implemented',
        title: 'Not Implemented',
        status: 501,
        detail: instead,
      })
      expect([path, stranger.statusCode]).toEqual([path, 401])
    }
    expect(missing.length).toBeGreaterThan(20)
  })
})

/** Names of parameters do not matter. */
function shapeOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}').replace(/\/$/, '')}`
}
