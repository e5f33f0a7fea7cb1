import './environment.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseAnswerLine } from '../../scenarios/answer-line.ts'
import { type DeviceRequest, send, sendTogether } from '../../scenarios/device.ts'
import { answerWith, sent } from '../k6-stand-in/http.ts'
import { slept } from '../k6-stand-in/k6.ts'
import { Counter } from '../k6-stand-in/metrics.ts'

const headers = { 'content-type': 'application/json', 'idempotency-key': 'key-1' }
const REQUEST: DeviceRequest = { endpoint: 'checkins', path: '/checkins', body: '{}', headers }
const problem = (code: string) => JSON.stringify({ type: `https://api.publiq.be/probs/uitpas/${code}`, title: code })

/** What devices wrote down. */
let lines: string[] = []
const outcomes = () => lines.map((line) => parseAnswerLine(line)?.outcome)

beforeEach(() => {
  lines = []
  slept.length = 0
  Counter.totals.clear()
  vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(...text.split('\n')))
  vi.spyOn(Math, 'random').mockReturnValue(0.99)
})
afterEach(() => vi.restoreAllMocks())

test('what was accepted is written down with its receipt', () => {
  answerWith(() => ({ status: 201, headers: { 'Zuil-Receipt': '0.1795300431213-4' } }))
  expect(send(REQUEST)).toBe('accepted')
  expect(parseAnswerLine(lines[0] ?? '')).toMatchObject({
    endpoint: 'checkins',
    status: 201,
    outcome: 'accepted',
    detail: '0.1795300431213-4',
    ms: 1.5,
  })
})

test('a device that is turned away waits as long as it is told and asks again with the same key', () => {
  answerWith(() => (sent.length < 3 ? { status: 503, headers: { 'Retry-After': '2' } } : { status: 201 }))
  expect(send(REQUEST)).toBe('accepted')
  expect(outcomes()).toEqual(['busy', 'busy', 'accepted'])
  expect(slept).toEqual([2, 2])
  expect(new Set(sent.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['key-1']))
})

test('of what is sent together only those that are turned away are asked again, together', () => {
  const requests = ['a', 'b', 'c'].map((key) => ({ ...REQUEST, headers: { ...headers, 'idempotency-key': key } }))
  const keys = () => sent.map((one) => one.headers['idempotency-key'])
  answerWith(({ headers: { 'idempotency-key': key } }) =>
    sent.length <= 3 && key !== 'b'
      ? { status: 503, headers: { 'Retry-After': key === 'a' ? '1' : '2' } }
      : { status: 201, headers: { 'Zuil-Receipt': `0.1-${key}` } },
  )
  expect(sendTogether(requests)).toEqual(['accepted', 'accepted', 'accepted'])
  expect(keys()).toEqual(['a', 'b', 'c', 'a', 'c'])
  expect(slept).toEqual([2])
  expect(lines.map((line) => parseAnswerLine(line)?.detail)).toEqual(['1', '0.1-b', '2', '0.1-a', '0.1-c'])
})

test('a device that nobody answers gives up after its patience, and says so', () => {
  let now = 0
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 20))
  answerWith(() => ({ status: 0 }))
  expect(send(REQUEST)).toBe('gave-up')
  expect(
    outcomes()
      .slice(0, -1)
      .every((outcome) => outcome === 'unanswered'),
  ).toBe(true)
  expect(outcomes().at(-1)).toBe('gave-up')
  expect(Counter.totals.get('zuil_gave_up')).toBe(1)
})

test('a refusal that belongs to life is no complaint, any other one is', () => {
  answerWith(() => ({ status: 400, body: problem('checkin-not-allowed') }))
  expect(send(REQUEST)).toBe('refused')
  expect(Counter.totals.get('zuil_unexplained')).toBeUndefined()
  answerWith(() => ({ status: 400, body: problem('passholder-not-found') }))
  send(REQUEST)
  expect(Counter.totals.get('zuil_unexplained')).toBe(1)
  expect(lines.map((line) => parseAnswerLine(line)?.detail)).toEqual(['checkin-not-allowed', 'passholder-not-found'])
})

test('an answer that got lost is asked for again, and another answer to the same request is a complaint', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  answerWith(() => ({ status: 201, headers: { 'Zuil-Receipt': '0.1-0' } }))
  send(REQUEST)
  expect(sent).toHaveLength(2)
  expect(Counter.totals.get('zuil_other_answer')).toBeUndefined()
  answerWith(() => ({ status: 201, headers: { 'Zuil-Receipt': `0.1-${sent.length}` } }))
  send(REQUEST)
  expect(Counter.totals.get('zuil_other_answer')).toBe(1)
  expect(outcomes()).toContain('other-answer')
})

test('a batch of which every line was refused stores nothing, and is not asked again', () => {
  answerWith(() => ({ status: 200, body: '' }))
  expect(send({ ...REQUEST, accepted: () => [] })).toBe('read')
  expect(sent).toHaveLength(1)
})
