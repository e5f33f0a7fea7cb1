import { expect, test } from 'vitest'
import { AnswerBook } from '../../verdict/answer-book.ts'
import { type Evidence, judge } from '../../verdict/judge.ts'
import type { StoredComparison } from '../../verdict/stored.ts'

const NONE = { count: 0, examples: [] }
const STORED: StoredComparison = {
  accepted: 1,
  stored: 1,
  lost: NONE,
  doubled: NONE,
  unheard: 0,
  overLimit: NONE,
  overdrawn: NONE,
  wrongDay: NONE,
  lostAt: [],
}
const KEPT = { metric: 'http_req_duration', expression: 'p(99)<100', isMet: true, measured: 12 }
const ONE = { count: 1, examples: ['0197'] }
const line = (outcome: string, detail: string, status = 201) => `1795300431192\t3900\tcheckins\t${status}\t${outcome}\t${detail}`

function evidence(changes: Partial<Evidence> = {}, more: readonly string[] = []): Evidence {
  const answers = new AnswerBook()
  for (const text of [line('accepted', '0.1-0'), ...more]) answers.addLine(text)
  const good = {
    stored: STORED,
    reconciled: { isEqual: true, text: '' },
    drained: 1,
    deadLetters: 0,
    thresholds: [KEPT],
    complaint: '',
  }
  return { answers, ...good, ...changes }
}

const broken = (of: Evidence) => judge(of).flatMap(({ name, state }) => (state === 'failed' ? [name] : []))

test('a run in which everything holds is passed', () => {
  expect(broken(evidence())).toEqual([])
})

test.each([
  ['the scenario ran to its end', evidence({ complaint: 'k6 ended with exit code 107' })],
  ['the scenario ran to its end', evidence({ thresholds: [] })],
  ['nothing accepted is lost', evidence({ stored: { ...STORED, lost: ONE } })],
  ['nothing is stored twice', evidence({ stored: { ...STORED, doubled: ONE } })],
  ['nobody gets points twice at an event on a day', evidence({ stored: { ...STORED, overLimit: ONE } })],
  ['nobody has fewer points than none', evidence({ stored: { ...STORED, overdrawn: ONE } })],
  ['every transaction stands on the day that it was in Brussels', evidence({ stored: { ...STORED, wrongDay: ONE } })],
  ['the same request gets the same answer', evidence({}, [line('other-answer', '0.1-0 → 0.1-1')])],
  ['nobody is left without an answer', evidence({}, [line('gave-up', 'key-1', 0)])],
  ['every refusal has a reason that belongs to life', evidence({}, [line('refused', 'passholder-not-found', 400)])],
  ['who is turned away is told when to come again', evidence({}, [line('busy', 'no Retry-After', 503)])],
  ['journal, archive, warehouse and counters agree', evidence({ reconciled: { isEqual: false, text: '1 difference' } })],
  ['everything accepted reaches the warehouse', evidence({ drained: '5 records wait' })],
  ['everything accepted reaches the warehouse', evidence({ deadLetters: 1 })],
  ['everything accepted reaches the warehouse', evidence({ deadLetters: 1, deadLettersMeant: 2 })],
  ['people are served as before within 20 s', evidence({ wayBack: { seconds: 21, atMost: 20 } })],
  ['nobody waits in vain once it is over', evidence({ wayBack: { seconds: 1, atMost: 20 }, hung: 1 })],
  ['people are served as before within 20 s', evidence({ wayBack: { seconds: undefined, atMost: 20 } })],
  [
    'promise: checks rate>0.9',
    evidence({ thresholds: [{ metric: 'checks', expression: 'rate>0.9', isMet: false, measured: 0.5 }] }),
  ],
])('one thing that does not hold fails the run, and nothing else does: %s', (name, of) => {
  expect(broken(of)).toEqual([name])
})

const LOST = { ...STORED, lost: { count: 2, examples: ['a', 'b'] } }
const MAY_LOSE = { from: 1_000, until: 6_000 }
const NOT_ARCHIVED = 'nothing accepted is lost but what was not archived yet'

test('what was accepted in the last moments before Redis was lost may be gone, and is counted', () => {
  const checks = judge(evidence({ stored: { ...LOST, lostAt: [5_100, 5_900] }, mayLose: MAY_LOSE }))
  const detail = '2 of 1 accepted are gone, accepted in the last 900 ms before Redis was lost'
  expect(checks.find(({ name }) => name === NOT_ARCHIVED)).toMatchObject({ state: 'passed', detail })
})

test.each([
  ['before those moments', [900, 5_900]],
  ['afterwards', [5_900, 6_001]],
  ['at a time that nobody knows', [5_900]],
])('what was accepted %s may not be gone', (_when, lostAt) => {
  expect(broken(evidence({ stored: { ...LOST, lostAt }, mayLose: MAY_LOSE }))).toEqual([NOT_ARCHIVED])
})

test('what could not be looked at is neither passed nor failed', () => {
  const checks = judge(evidence({ stored: 'the warehouse is closed', reconciled: 'nobody answers' }))
  expect(checks.filter(({ state }) => state === 'not-checked').map(({ detail }) => detail)).toEqual([
    ...Array.from({ length: 5 }, () => 'the warehouse is closed'),
    'nobody answers',
  ])
})
