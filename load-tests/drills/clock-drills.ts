import { setTimeout as pause } from 'node:timers/promises'
import type { Drill, DrillStage } from './drill.ts'
import { RESTART_SECONDS } from './process-drills.ts'
import { SettableClock } from './settable-clock.ts'
import { turnOfClocks } from './turn-of-clocks.ts'

/** Few people at few doors, so that everybody comes again and again: who may is decided by the day. */
const SAME_PEOPLE = { doors: { categories: ['library', 'pool'], most: 3 }, holders: 60 } as const
/** Seconds between two looks at a clock that was set, and for what it changes. */
const STEP_SECONDS = 8
const MINUTE = 60

/** Clocks of machines, and the two nights in which those of people are turned. */
export const CLOCK_DRILLS = {
  'clock-steps': {
    question: 'The clock of the machine is set twenty minutes forward, forty back and right again. Is everything in its order?',
    seconds: 55,
    backWithinSeconds: RESTART_SECONDS,
    stand: async () => {
      const ground = new SettableClock()
      return { ground, act: async (stage) => step(stage, ground, [20 * MINUTE, -20 * MINUTE, 0]) }
    },
  },
  'autumn-night': {
    question:
      'The night in which the hour from two to three comes twice, and the day of 25 hours. Does anybody get points twice?',
    seconds: 75,
    backWithinSeconds: RESTART_SECONDS,
    traffic: SAME_PEOPLE,
    stand: () => night('autumn'),
  },
  'spring-night': {
    question: 'The night in which the hour from two to three is left out, and the day of 23 hours. Is a new day a new day?',
    seconds: 75,
    backWithinSeconds: RESTART_SECONDS,
    traffic: SAME_PEOPLE,
    stand: () => night('spring'),
  },
} as const satisfies Readonly<Record<string, Drill>>

async function step(stage: DrillStage, clock: SettableClock, offsets: readonly number[]): Promise<void> {
  for (const [index, offset] of offsets.entries()) {
    await stage.at(STEP_SECONDS * (index + 1))
    clock.set(offset)
    stage.note(`the clock is ${Math.abs(offset) / MINUTE} minutes ${offset < 0 ? 'behind' : 'ahead'}`)
  }
}

/** Minutes from the turn of the clocks on: before it, in the hour after it, and on both sides of the midnight that ends the day. */
function minutesOf(season: 'autumn' | 'spring'): readonly number[] {
  const hoursToMidnight = season === 'autumn' ? 22 : 21
  return [-70, -40, -10, 10, 40, 70, hoursToMidnight * 60 - 10, hoursToMidnight * 60 + 10]
}

async function night(season: 'autumn' | 'spring') {
  const turn = turnOfClocks(season, Date.now())
  const aheadOf = (minutes: number) => Math.round((turn - Date.now()) / 1_000) + minutes * MINUTE
  const [first = 0, ...others] = minutesOf(season)
  const ground = new SettableClock(aheadOf(first))
  const act = async (stage: DrillStage) => {
    let before = 0
    for (const minutes of others) {
      await pause((STEP_SECONDS - 1) * 1_000)
      before = stage.hand.answers.total('accepted')
      ground.set(aheadOf(minutes))
      stage.note(`it is ${clockText(turn + minutes * MINUTE * 1_000)} in Brussels`)
    }
    const isAcceptedAgain = () => stage.hand.answers.total('accepted') > before + SAME_PEOPLE.holders / 2
    await stage.until('everybody may come in again after midnight', isAcceptedAgain, STEP_SECONDS * 2)
  }
  return { ground, act }
}

function clockText(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Brussels' }).format(at)
}
