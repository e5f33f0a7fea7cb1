import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OFFICIAL_OPERATIONS } from '../src/routes/official-operations.ts'
import { IngestService } from './ingest-service.ts'
import { type Differences, differencesOf, type OpenApi } from './official-differences.ts'
import { hasRedis } from './redis-server.ts'

const ROOT = join(import.meta.dirname, '..', '..')
/** The official OpenAPI document is not part of the project; it lies beside a checkout where the contract is worked on. */
const OFFICIAL = join(ROOT, '..', 'shared', 'reference', 'uitpas-api.json')
const DIFFERENCES = join(ROOT, 'docs', 'api-differences.md')
const TABLE_HEAD = '| difference | why | where |\n|---|---|---|\n'
/** Stands where a new difference has no reason yet; it has to be written. */
const NO_REASON = '…'

describe.skipIf(!hasRedis || !existsSync(OFFICIAL))(
  'our API beside the official document (skipped where it does not lie beside the checkout)',
  () => {
    let service: IngestService
    let official: OpenApi
    let ours: OpenApi
    beforeAll(async () => {
      service = await IngestService.start()
      official = JSON.parse(readFileSync(OFFICIAL, 'utf8'))
      ours = (await service.app.inject({ url: '/docs/json' })).json()
    })
    afterAll(async () => await service?.[Symbol.asyncDispose]())

    test('knows every operation of it, and no other as official', () => {
      const operations = Object.entries(official.paths).flatMap(([path, item]) =>
        Object.keys(item)
          .filter((method) => method !== 'parameters')
          .map((method) => `${method.toUpperCase()} ${path}`),
      )
      expect(OFFICIAL_OPERATIONS.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(operations.toSorted())
    })

    test('differs exactly where docs/api-differences.md says so (-u writes the rows, not their reasons)', async () => {
      const written = readFileSync(DIFFERENCES, 'utf8')
      const { before, rows, after } = tableOf(written)
      const differences = differencesOf(official, ours)
      await expect(`${before}${TABLE_HEAD}${tableText(differences, rows)}${after}`).toMatchFileSnapshot(DIFFERENCES)
      const isUnexplained = ([difference]: readonly [string, unknown]) => (rows.get(difference) ?? NO_REASON) === NO_REASON
      expect([...differences].filter(isUnexplained)).toEqual([])
    })
  },
)

describe('a comparison of two documents', () => {
  const operation = (body: object, answer: object, more: object = {}) => ({
    requestBody: { content: { 'application/json': { schema: body } } },
    responses: { 200: { content: { 'application/json': { schema: answer } } } },
    ...more,
  })
  const documentOf = (post: object): OpenApi => JSON.parse(JSON.stringify({ paths: { '/things': { post } }, components: {} }))
  const thing = { title: 'Thing', type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }

  test('finds nothing where both say the same, also through references and allOf', () => {
    const official = documentOf(operation(thing, { allOf: [{ $ref: '#/components/schemas/Thing' }] }))
    const withModel = { ...official, components: { schemas: { Thing: thing } } }
    expect([...differencesOf(withModel, documentOf(operation(thing, thing)))]).toEqual([])
  })

  test.each([
    ['needs `Thing.id`', { ...thing, required: [] }, thing, thing, thing],
    ['does not need `Thing.id`', thing, { ...thing, required: [] }, thing, thing],
    ['may leave out `Thing.id`', thing, thing, thing, { ...thing, required: [] }],
    ['never gives `Thing.id`', thing, thing, thing, { ...thing, properties: {}, required: [] }],
    ['gives `Thing.id` too', thing, thing, { ...thing, properties: {}, required: [] }, thing],
    ['gives `Thing.id` as integer instead of string', thing, thing, thing, { ...thing, properties: { id: { type: 'integer' } } }],
    ['`Thing.id` is never `A`', thing, thing, withEnum(['A', 'B']), withEnum(['B'])],
    ['`Thing.id` may be `C`', thing, thing, withEnum(['A']), withEnum(['A', 'C'])],
  ])('finds that ours %s', (difference, asked, taken, wanted, given) => {
    const found = differencesOf(documentOf(operation(asked, wanted)), documentOf(operation(taken, given)))
    expect(found.get(difference)).toEqual(['POST /things'])
  })

  test('finds parameters, statuses and problems', () => {
    const parameter = (name: string, required: boolean) => ({ name, in: 'query', required, schema: { type: 'string' } })
    const problem = { description: '* https://api.publiq.be/probs/uitpas/no-such-problem' }
    const official = documentOf({
      parameters: [parameter('start', false), parameter('id', true)],
      responses: { 201: {}, 400: problem, 404: { description: 'https://api.publiq.be/probs/uitpas/rate-limited' } },
    })
    const ours = documentOf({ parameters: [parameter('id', false), parameter('own', false)], responses: { 200: {} } })
    expect([...differencesOf(official, ours).keys()].toSorted()).toEqual(
      [
        'does not know the parameter `start`',
        'does not need the parameter `id`',
        'knows the parameter `own` too',
        'never answers 201',
        'answers 200 too',
        'never answers with the problem `uitpas/no-such-problem`',
        'answers the problem `uitpas/rate-limited` with 429 instead of 404',
      ].toSorted(),
    )
  })

  function withEnum(values: readonly string[]) {
    return { ...thing, properties: { id: { enum: values } } }
  }
})

interface Table {
  readonly before: string
  /** Reason of each difference. */
  readonly rows: ReadonlyMap<string, string>
  readonly after: string
}

function tableOf(text: string): Table {
  const start = text.indexOf(TABLE_HEAD)
  if (start < 0) throw new Error(`${DIFFERENCES} has no table`)
  const lines = text.slice(start + TABLE_HEAD.length).split('\n')
  const count = lines.findIndex((line) => !line.startsWith('|'))
  const cells = lines.slice(0, count).map((line) => line.split('|').map((cell) => cell.trim()))
  const rows = new Map(cells.map(([, difference = '', why = '']) => [difference, why]))
  return { before: text.slice(0, start), rows, after: lines.slice(count).join('\n') }
}

function tableText(differences: Differences, reasons: ReadonlyMap<string, string>): string {
  return [...differences]
    .map(([difference, operations]) => {
      const where = operations.map((name) => `\`${name}\``).join(', ')
      return `| ${difference} | ${reasons.get(difference) || NO_REASON} | ${where} |\n`
    })
    .toSorted()
    .join('')
}
