import './environment.ts'
import { readdirSync } from 'node:fs'
import type { Options } from 'k6/options'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseAnswerLine } from '../../scenarios/answer-line.ts'
import { SCENARIOS, type ScenarioName } from '../../scenarios/catalogue.ts'
import execution from '../k6-stand-in/execution.ts'
import { answerWith, type SentRequest, sent } from '../k6-stand-in/http.ts'
import { Counter } from '../k6-stand-in/metrics.ts'

const NAMES = Object.keys(SCENARIOS) as ScenarioName[] // the catalogue's own keys
const FILES = readdirSync(new URL('../../scenarios/', import.meta.url))
const TURNS = 40

type ScenarioModule = { readonly options: Options } & Readonly<Record<string, unknown>>

const load = async (name: string) => (await import(`../../scenarios/${name}.ts`)) as ScenarioModule

/** What ingest answers to each call of the scenarios. */
function ingest({ url, body, headers }: SentRequest) {
  if (url.endsWith('/token')) return { status: 200, body: '{"access_token":"token-9"}' }
  if (url.endsWith('/ticket-sales')) return { status: 200, body: '[{"id":"01987f6e-0000-7000-8000-000000000001"}]' }
  if (url.endsWith('/batches')) {
    const lines = body.trimEnd().split('\n')
    return {
      status: 200,
      body: lines.map((_, index) => `{"result":"accepted","status":201,"receipt":"0.1-${index}"}`).join('\n'),
    }
  }
  const key = headers['idempotency-key'] ?? ''
  receipts.set(key, receipts.get(key) ?? `0.${sent.length}-0`)
  return { status: 201, headers: { 'Zuil-Receipt': receipts.get(key) ?? '' } }
}

const receipts = new Map<string, string>()

let lines: string[] = []
beforeEach(() => {
  lines = []
  Counter.totals.clear()
  answerWith(ingest)
  vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(...text.split('\n')))
})
afterEach(() => vi.restoreAllMocks())

test('each scenario of the catalogue has a file of its name', () => {
  expect(NAMES.filter((name) => !FILES.includes(`${name}.ts`))).toEqual([])
})

test.each(NAMES)('%s promises something of itself, and what it runs is there', async (name) => {
  const { options, ...module } = await load(name)
  const promises = Object.keys(options.thresholds ?? {})
  expect(promises).toEqual(expect.arrayContaining(['zuil_unexplained', 'zuil_gave_up', 'zuil_other_answer']))
  expect(promises.some((promise) => promise.startsWith('http_req_duration{endpoint:'))).toBe(true)
  const parts = Object.values(options.scenarios ?? {})
  expect(parts.length).toBeGreaterThan(0)
  for (const { exec = '' } of parts) expect(module[exec]).toBeTypeOf('function')
})

test.each(NAMES)('%s sends requests whose keys differ, and writes down every answer', async (name) => {
  const { options, ...module } = await load(name)
  for (const { exec = '' } of Object.values(options.scenarios ?? {})) {
    for (let turn = 0; turn < TURNS; turn++) {
      execution.scenario.iterationInTest = turn
      // seen to be a function by the test before
      ;(module[exec] as () => void)()
    }
  }
  const read = lines.map(parseAnswerLine)
  expect(read).toHaveLength(sent.length)
  expect(read.every((line) => line !== undefined && line.outcome !== 'unanswered')).toBe(true)
  const promised = Object.keys(options.thresholds ?? {}).flatMap((metric) => /endpoint:([^}]+)/.exec(metric)?.[1] ?? [])
  expect([...new Set(read.map((line) => line?.endpoint))].sort()).toEqual(expect.arrayContaining(promised))
  const stored = sent.filter(({ headers }) => headers['idempotency-key'] !== undefined)
  const keys = new Set(stored.map(({ headers }) => headers['idempotency-key']))
  // some answers get lost, and the device asks again with the same key
  expect(keys.size).toBeGreaterThan(stored.length * 0.8)
})

test('of a family whose calls come at once, somebody who is scanned twice gets the points once', async () => {
  const { scan } = await load('family-scans')
  const seen = new Set<string>()
  answerWith(({ url }) => {
    if (seen.has(url)) return { status: 400, body: '{"type":"https://api.publiq.be/probs/uitpas/checkin-not-allowed"}' }
    seen.add(url)
    return { status: 201, headers: { 'Zuil-Receipt': `0.${seen.size}-0` } }
  })
  vi.spyOn(Math, 'random').mockReturnValue(0.99)
  ;(scan as () => void)() // as above
  expect(sent).toHaveLength(5)
})
