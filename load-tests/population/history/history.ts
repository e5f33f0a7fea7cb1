import { DEFAULT_PROGRAMME, startOfDay } from '@zuil/core'
import { Dice } from '../dice.ts'
import { PREDECESSOR } from '../place/place.ts'
import type { World } from '../world.ts'
import { ActionQueue } from './action-queue.ts'
import type { ActionKind, Steps } from './actions.ts'
import { CompactLedger } from './compact-ledger.ts'
import { CounterWork } from './counter-work.ts'
import { HolderState } from './holder-state.ts'
import type { HistoryRecord } from './record.ts'
import { RefusalLog } from './refusal-log.ts'
import { Registrations } from './registrations.ts'
import { journal, type Scene } from './scene.ts'
import { TariffRounds } from './tariff-rounds.ts'
import { VisitPlanner } from './visit-planner.ts'

const SUBJECT = 105
/**
 * Records that are handed on together: so few that they are gone before the collector of garbage has to move them, and that whoever stores
 * them gets a turn every few milliseconds.
 */
const RECORDS_AT_ONCE = 250

/** What happened on a day, or a part of it: a busy day comes in several. */
export interface HistoryDay {
  /** Days since 1 January 1970. */
  readonly day: number
  /** Nothing more happens on that day. */
  readonly isOver: boolean
  /** In commit order. */
  readonly records: readonly HistoryRecord[]
}

/**
 * What happens in the world, day by day, in the order of the journal (one lane). Every transaction is decided by core.
 *
 * ```
 * registrations, renewals ─┐
 * visits of the day ───────┼─▶ queue, by time ─▶ core decides ─▶ ledger commits ─▶ records
 * redemptions, voids ◀─────┘                                          │
 *        ▲───────────────────────────────────────────────────────────┘
 * ```
 */
export class History {
  readonly world: World
  readonly state: HolderState
  /** First day that is not told, although the world may go on. */
  readonly until: number
  readonly #scene: Scene
  readonly #refusals: RefusalLog
  #records: HistoryRecord[] = []

  constructor(world: World, until: number = world.options.until) {
    const { people, geography, rewards, options } = world
    this.world = world
    this.until = Math.min(until, options.until)
    this.state = new HolderState(people, geography.places, options.seed)
    const owners = Math.max(people.count, rewards.length)
    this.#scene = {
      world,
      state: this.state,
      queue: new ActionQueue<ActionKind>(),
      ledger: new CompactLedger({ owners, programmes: [DEFAULT_PROGRAMME, PREDECESSOR.programme] }),
      dice: new Dice(options.seed, SUBJECT),
      endsAt: startOfDay(this.until),
      emit: (record) => this.#records.push(record),
    }
    this.#refusals = new RefusalLog((record, at) => journal(this.#scene, record, at))
  }

  /** Once: a history is told from its beginning to its end. */
  *days(): Generator<HistoryDay> {
    const { options } = this.world
    const planner = new VisitPlanner(this.world, this.#scene)
    const registrations = new Registrations(this.#scene, (i, day) => planner.enrol(i, day))
    const rounds = new TariffRounds(this.#scene)
    const counter = new CounterWork(this.#scene, this.#refusals)
    const steps: Required<Steps> = { ...registrations.steps, ...rounds.steps, ...counter.steps }
    for (const _ of registrations.open()) {
      if (this.#records.length >= RECORDS_AT_ONCE) yield { day: options.from, isOver: false, records: this.#take() }
    }
    for (let day = options.from; day < this.until; day++) {
      registrations.planDay(day)
      rounds.planDay(day)
      planner.planDay(day)
      const midnight = startOfDay(day + 1)
      for (let action = this.#scene.queue.popBefore(midnight); action; action = this.#scene.queue.popBefore(midnight)) {
        this.#refusals.flushBefore(action.at)
        steps[action.kind](action)
        if (this.#records.length >= RECORDS_AT_ONCE) yield { day, isOver: false, records: this.#take() }
      }
      this.#refusals.flushBefore(midnight)
      yield { day, isOver: true, records: this.#take() }
    }
  }

  #take(): readonly HistoryRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }
}
