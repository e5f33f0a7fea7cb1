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
  ['the same request gets the same answer', evidence({}, [line('other-answer', '0.1-0 → 0.1-1')])],
  ['nobody is left without an answer', evidence({}, [line('gave-up', 'key-1', 0)])],
  ['every refusal has a reason that belongs to life', evidence({}, [line('refused', 'passholder-not-found', 400)])],
  ['who is turned away is told when to come again', evidence({}, [line('busy', 'no Retry-After', 503)])],
  ['journal, archive, warehouse and counters agree', evidence({ reconciled: { isEqual: false, text: '1 difference' } })],
  ['everything accepted reaches the warehouse', evidence({ drained: '5 records wait' })],
  ['everything accepted reaches the warehouse', evidence({ deadLetters: 1 })],
  ['people are served as before within 20 s', evidence({ wayBack: { seconds: 21, atMost: 20 } })],
  ['people are served as before within 20 s', evidence({ wayBack: { seconds: undefined, atMost: 20 } })],
  [
    'promise: checks rate>0.9',
    evidence({ thresholds: [{ metric: 'checks', expression: 'rate>0.9', isMet: false, measured: 0.5 }] }),
  ],
])('one thing that does not hold fails the run, and nothing else does: %s', (name, of) => {
  expect(broken(of)).toEqual([name])
})

test('what could not be looked at is neither passed nor failed', () => {
  const checks = judge(evidence({ stored: 'the warehouse is closed', reconciled: 'nobody answers' }))
  expect(checks.filter(({ state }) => state === 'not-checked').map(({ detail }) => detail)).toEqual([
    ...Array.from({ length: 4 }, () => 'the warehouse is closed'),
    'nobody answers',
  ])
})
