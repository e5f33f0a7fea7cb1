import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { RecordFile } from '../notebook/record-file.ts'
import { readSchedule, type Schedule, type ScheduleDraft } from './schedule.ts'

/** Of one place: a report in each language and format, and its settlement, each as often as there is. */
const PLACE_SCHEDULES_MAX = 24
/** Of the installation: five for each municipality of Flanders, and as many for organizers. A look at all of them takes no time. */
const SCHEDULES_MAX = 3_000

/** What people want made regularly, in a file of the notebook. */
export class ScheduleBook {
  readonly #file: RecordFile<Schedule>

  private constructor(file: RecordFile<Schedule>) {
    this.#file = file
  }

  static async open(folder: string): Promise<ScheduleBook> {
    return new ScheduleBook(await RecordFile.open({ path: join(folder, 'schedules.ndjson'), read: readSchedule }))
  }

  /** Oldest first. */
  get all(): readonly Schedule[] {
    return this.#file.all
  }

  get(id: string): Schedule | undefined {
    return this.#file.get(id)
  }

  /** The same again of the same account is no second one: only whether it gets a message changes. Undefined: there are too many. */
  async keep(draft: ScheduleDraft, by: string, at: number): Promise<Schedule | undefined> {
    const ofPlace = this.all.filter(({ place }) => place === draft.place)
    const same = ofPlace.find((one) => one.by === by && isSame(one, draft))
    if (same?.mail === draft.mail) return same
    if (!same && (ofPlace.length >= PLACE_SCHEDULES_MAX || this.all.length >= SCHEDULES_MAX)) return undefined
    const schedule = same ? { ...same, mail: draft.mail } : { id: randomUUID(), ...draft, by, at }
    await this.#file.put(schedule)
    return schedule
  }

  async remove(id: string): Promise<void> {
    await this.#file.remove(id)
  }
}

/** Whether two make the same papers. */
function isSame(one: ScheduleDraft, other: ScheduleDraft): boolean {
  const what = ({ paper, place, every, format, language }: ScheduleDraft) => [paper, place, every, format, language].join(' ')
  return what(one) === what(other)
}
