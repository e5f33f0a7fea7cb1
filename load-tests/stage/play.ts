import { setTimeout as pause } from 'node:timers/promises'
import type { DrillHand } from '../drills/drill.ts'
import type { PlayedInstallation } from '../installation/played-installation.ts'
import type { K6Program } from '../k6/program.ts'
import { type K6Run, runK6 } from '../k6/run.ts'
import type { Scenario } from '../scenarios/catalogue.ts'
import { AnswerBook } from '../verdict/answer-book.ts'
import { type Evidence, judge } from '../verdict/judge.ts'
import { LineFollower } from '../verdict/line-follower.ts'
import { type Sample, Sampler, takeSample } from '../verdict/sampler.ts'
import { DRAIN_SECONDS_MAX, type Verdict, verdictOf } from '../verdict/verdict.ts'
import { wayBack } from '../verdict/way-back.ts'
import { setStage } from './stage.ts'

export interface PlayOptions {
  /** Name of the run: that of the scenario, or of a drill. */
  readonly name: string
  readonly question: string
  readonly scenarioName: string
  readonly scenario: Scenario
  readonly program: K6Program
  readonly rate: number
  readonly seconds: number
  readonly holders: number
  /** Where files for k6 go, and its own. */
  readonly folder: string
  readonly machine: readonly string[]
  readonly onProgress: (text: string) => void
  /** What is done to the installation meanwhile, from the first answer on: k6 takes its time to begin. */
  readonly meanwhile?: (hand: DrillHand) => Promise<void>
  /** Longest way back to what was served before, in seconds; absent: nothing is done to it. */
  readonly backWithinSeconds?: number
  /** Records that are meant to end in the dead letters; none when it is left out. */
  readonly deadLetters?: number
  /** How long a device asks for an answer. */
  readonly patienceMs?: number
  /** By which the stage is set: that of the installation, where it is not ours. */
  readonly clock?: () => number
}

const READ_EVERY_MS = 500
const DRAIN_LOOK_MS = 250

/** Plays a scenario on an installation, from the registry to the verdict. */
export async function play(installation: PlayedInstallation, options: PlayOptions): Promise<Verdict> {
  const { scenario, folder, holders, onProgress, clock = Date.now } = options
  const stage = await setStage(installation, { scenario, holders, folder, now: clock(), onProgress })
  onProgress(`${stage.entries} registry entries are there; ${stage.visitors.length} visitors come to ${stage.doors} doors`)
  const startedAt = Date.now()
  const answers = new AnswerBook()
  const noted: Noted[] = []
  const note = (text: string, isAfter = false) => {
    noted.push({ at: Date.now(), text, isAfter })
    onProgress(text)
  }
  let mayLose: Evidence['mayLose']
  const hand: DrillHand = { ...stage, answers, note, mayLose: (span) => (mayLose = span) }
  const environment = environmentOf(installation, options)
  const k6 = runK6({ program: options.program, scenario: options.scenarioName, folder, environment })
  // the generator is on the same machine: whether it is the one that is short of time has to be seen
  const pids = () => ({ ...installation.pids(), ...(k6.pid !== undefined && { k6: k6.pid }) })
  const sampler = new Sampler({ ...installation, pids }, (sample) => onProgress(progressLine(answers, sample, startedAt)))
  sampler.start()
  const firstAnswer = Promise.withResolvers<void>()
  const [result, interference] = await Promise.all([
    followed(k6, answers, firstAnswer.resolve).finally(firstAnswer.resolve),
    untilDone(firstAnswer.promise.then(() => options.meanwhile?.(hand))),
  ])
  const incidents = noted.map(({ at, text }) => ({ second: Math.round((at - (answers.firstAt || startedAt)) / 1_000), text }))
  onProgress('waiting until everything accepted is in the warehouse')
  const { drained, last } = await untilDrained(installation)
  await sampler.stop()
  if (last) sampler.samples.push(last)
  onProgress('comparing what was told with what is stored')
  const reconciled = await installation.reconcile()
  const stored = await installation.compare({ accepted: answers.accepted, since: startedAt, token: stage.door.token })
  const { thresholds, complaint } = result
  const deadLetters = last?.deadLetters ?? 0
  const evidence: Evidence = {
    answers,
    stored,
    reconciled,
    drained,
    deadLetters,
    thresholds,
    complaint: complaint || interference,
    ...(options.deadLetters !== undefined && { deadLettersMeant: options.deadLetters }),
    ...(mayLose && { mayLose }),
    ...wayBackOf(options, answers, noted),
  }
  const { name, question, rate, seconds, machine } = options
  const run = { name, question, startedAt, wanted: { rate, seconds, holders }, machine, incidents, samples: sampler.samples }
  return verdictOf(run, evidence, judge(evidence))
}

/** What went wrong with it; empty when all went well. A drill that could not be done is no drill that was passed. */
async function untilDone(work: Promise<void>): Promise<string> {
  try {
    await work
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

interface Noted {
  /** Epoch ms. */
  readonly at: number
  readonly text: string
  /** Of the way back, and not of the fault. */
  readonly isAfter: boolean
}

/** From the last thing that was noted of the fault, which is its end. */
function wayBackOf({ backWithinSeconds }: PlayOptions, answers: AnswerBook, noted: readonly Noted[]): Partial<Evidence> {
  const ofFault = noted.filter(({ isAfter }) => !isAfter)
  const [first, last] = [ofFault[0], ofFault.at(-1)]
  if (backWithinSeconds === undefined || !first || !last) return {}
  const secondOf = (at: number) => Math.round((at - answers.firstAt) / 1_000)
  const seconds = wayBack(answers.curve, { from: secondOf(first.at), until: secondOf(last.at) })
  return { wayBack: { seconds, atMost: backWithinSeconds }, hung: answers.hungSince(last.at) }
}

/** Reads answers while they come: so there is progress, and the end of a long run has no second half. */
async function followed(run: K6Run, answers: AnswerBook, onFirst: () => void) {
  const follower = new LineFollower(run.answers, (line) => answers.addLine(line))
  let isOver = false
  const ended = run.ended.finally(() => {
    isOver = true
  })
  while (!isOver) {
    await Promise.race([ended, pause(READ_EVERY_MS)])
    await follower.readOn()
    if (answers.firstAt > 0) onFirst()
  }
  await follower.end()
  return await ended
}

async function untilDrained(
  installation: PlayedInstallation,
): Promise<{ readonly drained: number | string; readonly last: Sample | undefined }> {
  const from = performance.now()
  if (installation.internal === undefined) return { drained: 'the hub of a target cannot be asked from here', last: undefined }
  for (;;) {
    const last = await takeSample(installation)
    const seconds = (performance.now() - from) / 1_000
    if (last.waiting === 0) return { drained: seconds, last }
    if (seconds > DRAIN_SECONDS_MAX) {
      const reason = last.waiting === undefined ? 'the hub does not answer' : `${last.waiting} records wait`
      return { drained: `${reason} ${Math.round(seconds)} s after the last request`, last }
    }
    await pause(DRAIN_LOOK_MS)
  }
}

function environmentOf(installation: PlayedInstallation, { rate, seconds, patienceMs }: PlayOptions): Record<string, string> {
  return {
    ZUIL_API: installation.api,
    ZUIL_DASHBOARD: installation.dashboard,
    ZUIL_RATE: String(rate),
    ZUIL_SECONDS: String(seconds),
    ZUIL_RUN: Date.now().toString(36),
    ...(patienceMs !== undefined && { ZUIL_PATIENCE_MS: String(patienceMs) }),
  }
}

function progressLine(answers: AnswerBook, { waiting, lagMs }: Sample, startedAt: number): string {
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  const now = answers.lastSecond
  const warehouse =
    waiting === undefined ? 'the hub does not answer' : `${waiting} on their way to the warehouse, ${lagMs ?? 0} ms`
  return `${seconds} s: ${now?.accepted ?? 0} accepted a second, p99 ${(now?.p99 ?? 0).toFixed(0)} ms; ${warehouse}`
}
