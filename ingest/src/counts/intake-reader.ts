import {
  ANSWER_BOUNDS_MS,
  ANSWER_GROUPS,
  type AnswerTimes,
  answerField,
  hourOf,
  INTAKE_HOURS,
  intakeKey,
  REFUSED_CAUSES,
  REFUSED_KINDS,
  type RefusedCount,
  refusedField,
} from '@zuil/core/contracts/intake'
import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'

/** What all ingest processes counted in the last hours. */
export interface IntakeCounts {
  readonly answers: readonly AnswerTimes[]
  readonly refused: readonly RefusedCount[]
}

/** The hour that runs and the 23 before it. @param now epoch ms @throws {LedgerError} */
export async function readIntakeCounts(redis: Redis, now: number): Promise<IntakeCounts> {
  const totals = new Map<string, number>()
  for (const hour of await hoursOf(redis, now)) {
    for (const [field, count] of Object.entries(hour)) totals.set(field, (totals.get(field) ?? 0) + Number(count))
  }
  const countAt = (field: string) => totals.get(field) ?? 0
  const answers = ANSWER_GROUPS.map((group) => ({
    group,
    counts: Array.from({ length: ANSWER_BOUNDS_MS.length + 1 }, (_, place) => countAt(answerField(group, place))),
  }))
  const refused = REFUSED_KINDS.flatMap((kind) =>
    REFUSED_CAUSES.map((cause) => ({ kind, cause, count: countAt(refusedField(kind, cause)) })),
  )
  return { answers, refused: refused.filter(({ count }) => count > 0) }
}

async function hoursOf(redis: Redis, now: number): Promise<readonly Readonly<Record<string, string>>[]> {
  const last = hourOf(now)
  const hours = Array.from({ length: INTAKE_HOURS }, (_, ago) => last - ago)
  try {
    return await Promise.all(hours.map((hour) => redis.hgetall(intakeKey(hour))))
  } catch (error) {
    throw ledgerErrorOf(error)
  }
}
