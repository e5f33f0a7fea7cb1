import { expect, test } from 'vitest'
import { AnswerBook } from '../../verdict/answer-book.ts'
import { compareRuns } from '../../verdict/comparison.ts'
import { junitReport } from '../../verdict/junit.ts'
import { verdictPage } from '../../verdict/page.ts'
import { type Verdict, verdictOf } from '../../verdict/verdict.ts'

const sample = (at: number, seconds: number) => ({
  at,
  lagMs: 400,
  waiting: 12,
  openRanges: 1,
  jobs: 2,
  deadLetters: 0,
  redisBytes: 20_000_000,
  memory: { ingest: 250 },
  processor: { ingest: seconds },
})

function verdict(): Verdict {
  const answers = new AnswerBook()
  answers.addLine('1795300431192\t3900\tcheckins\t201\taccepted\t0.1-0')
  const run = {
    name: 'festival-doors',
    question: 'Does it hold?',
    startedAt: 1_795_300_431_000,
    wanted: { rate: 10, seconds: 5, holders: 100 },
    machine: ['2 cores'],
    incidents: [{ second: 1, text: 'ingest was killed' }],
    samples: [sample(1_795_300_431_192, 1), sample(1_795_300_433_192, 2)],
  }
  const rest = { stored: 'not looked at', reconciled: 'not asked', deadLetters: 0, thresholds: [], complaint: '' }
  return verdictOf(run, { answers, drained: 1.5, ...rest }, [
    { name: 'nothing <lost>', state: 'failed', detail: '1: "a" & b\u0001' },
    { name: 'nothing doubled', state: 'not-checked', detail: 'closed' },
  ])
}

test('cores in use come from processor time between two looks', () => {
  expect(verdict().installation.map(({ second, cores }) => [second, cores.ingest])).toEqual([
    [0, 0],
    [2, 0.5],
  ])
})

test('the page says the result, stands alone and shows text as text', () => {
  const page = verdictPage(verdict(), [])
  expect(page).toContain('<p class="failed">failed</p>')
  expect(page).toContain('nothing &lt;lost&gt;')
  expect(page).toContain('ingest was killed')
  expect(page.match(/<svg/g)).toHaveLength(8)
  expect(page).not.toMatch(/(?:src|href)=|@import|url\(/)
})

test('JUnit has a case for each thing that must hold, and is XML whatever stands in a detail', () => {
  const xml = junitReport([verdict()])
  expect(xml).toContain('tests="2" failures="1" skipped="1"')
  expect(xml).toContain('<failure message="1: &quot;a&quot; &amp; b "/>')
})

test('a run is compared with an earlier one that was asked the same; noise is not said aloud', () => {
  const [before, now] = [verdict(), verdict()]
  const slower = { ...now, figures: { ...now.figures, p99: 200, p50: 4.5 } }
  expect(compareRuns(before, slower).flatMap(({ figure, isWorse }) => (isWorse ? [figure] : []))).toEqual(['p99'])
  expect(() => compareRuns({ ...before, wanted: { ...before.wanted, rate: 20 } }, now)).toThrow('asked the same')
})
