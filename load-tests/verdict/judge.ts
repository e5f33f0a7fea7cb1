import type { Threshold } from '../k6/run.ts'
import { FORESEEN } from '../population/live/refusal.ts'
import type { AnswerBook } from './answer-book.ts'
import type { Findings, StoredComparison } from './stored.ts'
import type { Check } from './verdict.ts'

/** Everything that is known of a run when it is over. What could not be had is a sentence that says why. */
export interface Evidence {
  readonly answers: AnswerBook
  readonly stored: StoredComparison | string
  /** What `zuil reconcile` said. */
  readonly reconciled: { readonly isEqual: boolean; readonly text: string } | string
  /** Seconds from the last request until everything was in the warehouse; a sentence when it never was. */
  readonly drained: number | string
  readonly deadLetters: number
  /** Of a drill that puts records into the journal which end there; 0 when it is left out. */
  readonly deadLettersMeant?: number
  /** Of a drill that loses what was not archived: when that was accepted, epoch ms. */
  readonly mayLose?: { readonly from: number; readonly until: number }
  /** Of a drill: requests that were sent after the fault and heard nothing for as long as a device waits. */
  readonly hung?: number
  readonly thresholds: readonly Threshold[]
  /** What k6 said when it could not go on; empty otherwise. */
  readonly complaint: string
  /** Of a drill: seconds until people were served as before, undefined when they never were, and how many there may be. */
  readonly wayBack?: { readonly seconds: number | undefined; readonly atMost: number }
}

/** The invariants of a run, each judged by itself; every one of them can fail. */
export function judge(evidence: Evidence): readonly Check[] {
  const { answers, reconciled, drained, thresholds, complaint } = evidence
  return [
    check(
      'the scenario ran to its end',
      complaint === '' && answers.total('requests') > 0 && thresholds.length > 0,
      complaint || countOf(answers),
    ),
    ...storedChecks(evidence),
    check(
      'the same request gets the same answer',
      answers.otherAnswers.count === 0,
      answers.otherAnswers.count === 0 ? 'one of fifty was asked again' : listOf(answers.otherAnswers),
    ),
    check(
      'nobody is left without an answer',
      answers.gaveUp === 0,
      `${answers.gaveUp} devices gave up, ${answers.total('unanswered')} requests had to be repeated`,
    ),
    refusalCheck(answers),
    check(
      'who is turned away is told when to come again',
      answers.busyWithoutWait === 0,
      `${answers.total('busy')} times 429 or 503, ${answers.busyWithoutWait} of them without Retry-After`,
    ),
    typeof reconciled === 'string'
      ? notChecked('journal, archive, warehouse and counters agree', reconciled)
      : check('journal, archive, warehouse and counters agree', reconciled.isEqual, reconciled.text),
    check(
      'everything accepted reaches the warehouse',
      typeof drained === 'number' && evidence.deadLetters === (evidence.deadLettersMeant ?? 0),
      typeof drained === 'number'
        ? `${drained.toFixed(1)} s after the last request, ${evidence.deadLetters} records in the dead letters${meant(evidence)}`
        : drained,
    ),
    ...wayBackChecks(evidence),
    ...thresholds.map(({ metric, expression, isMet, measured = 0 }) =>
      check(`promise: ${metric} ${expression}`, isMet, `it was ${Number(measured.toPrecision(4))}`),
    ),
  ]
}

function meant({ deadLettersMeant }: Evidence): string {
  return deadLettersMeant === undefined ? '' : `, ${deadLettersMeant} of them on purpose`
}

function storedChecks({ stored, mayLose }: Evidence): readonly Check[] {
  const names = {
    lost: mayLose ? 'nothing accepted is lost but what was not archived yet' : 'nothing accepted is lost',
    doubled: 'nothing is stored twice',
    overLimit: 'nobody gets points twice at an event on a day',
    overdrawn: 'nobody has fewer points than none',
    wrongDay: 'every transaction stands on the day that it was in Brussels',
  }
  if (typeof stored === 'string') return Object.values(names).map((name) => notChecked(name, stored))
  const clean = {
    lost: `${stored.accepted} accepted, each found in the warehouse by its id`,
    doubled: `${stored.stored} stored: ${stored.accepted} told to a device, ${stored.unheard} of requests whose answer did not arrive`,
    overLimit: 'each passholder, event and day looked at',
    overdrawn: 'each passholder looked at',
    wrongDay: 'each transaction looked at',
  }
  return (['lost', 'doubled', 'overLimit', 'overdrawn', 'wrongDay'] as const).map((key) => {
    const found = stored[key]
    if (key === 'lost' && mayLose && typeof found !== 'string') return lossCheck(names.lost, { found, stored, mayLose })
    if (typeof found === 'string') return notChecked(names[key], found)
    return check(names[key], found.count === 0, found.count === 0 ? clean[key] : listOf(found))
  })
}

interface Loss {
  readonly found: Findings
  readonly stored: StoredComparison
  readonly mayLose: NonNullable<Evidence['mayLose']>
}

/** What is gone is counted, and none of it is older than what had not reached the archive. */
function lossCheck(name: string, { found, stored, mayLose: { from, until } }: Loss): Check {
  const older = stored.lostAt.filter((at) => at < from || at > until)
  const count = `${found.count} of ${stored.accepted} accepted are gone`
  if (older.length > 0 || found.count > stored.lostAt.length)
    return check(name, false, `${count}, ${older.length} of them accepted at another time: ${listOf(found)}`)
  const oldest = Math.max(0, ...stored.lostAt.map((at) => until - at))
  return check(name, true, `${count}, accepted in the last ${oldest} ms before Redis was lost`)
}

function wayBackChecks({ wayBack, hung = 0 }: Evidence): readonly Check[] {
  if (!wayBack) return []
  const { seconds, atMost } = wayBack
  const detail = seconds === undefined ? 'never during the run' : `${seconds} s after the end of the fault`
  return [
    check(`people are served as before within ${atMost} s`, seconds !== undefined && seconds <= atMost, detail),
    check('nobody waits in vain once it is over', hung === 0, `${hung} requests heard nothing for ten seconds after the fault`),
  ]
}

function refusalCheck(answers: AnswerBook): Check {
  const unexplained = answers.refusals.filter(({ code }) => FORESEEN[code] === undefined)
  return check(
    'every refusal has a reason that belongs to life',
    unexplained.length === 0,
    unexplained.length === 0
      ? `${answers.total('refused')} refused`
      : unexplained.map(({ code, count }) => `${count} × ${code}`).join(', '),
  )
}

function countOf(answers: AnswerBook): string {
  const unreadable = answers.unreadable > 0 ? `, ${answers.unreadable} lines that are no answer` : ''
  return `${answers.total('requests')} requests, ${answers.total('accepted')} accepted${unreadable}`
}

function listOf({ count, examples }: Findings): string {
  return `${count}: ${examples.join('; ')}`
}

function check(name: string, isHeld: boolean, detail: string): Check {
  return { name, state: isHeld ? 'passed' : 'failed', detail }
}

function notChecked(name: string, reason: string): Check {
  return { name, state: 'not-checked', detail: reason }
}
