import { brusselsDay, parseDay } from '@zuil/core'
import { CHANGE_FIELDS, CHANGE_KIND_WORDS, CHANGE_KINDS, type ChangeKind } from '../../lib/change-view.ts'

/** What the address says of a change. */
export interface ChangeState {
  readonly kind: ChangeKind
  /** Day number; absent: none was chosen, or what was typed is none. */
  readonly day?: number
  /** As it was typed. */
  readonly dayText: string
  /** Places joined by `+`, or `geen`; absent: what is usual. */
  readonly beside?: string
}

/** Nobody stands beside it: how that stands in the address. */
export const NOBODY = 'geen'
const DAY = /^\d{4}-\d{2}-\d{2}$/
/** No pass is older. */
const FIRST_DAY = Date.UTC(2010, 0, 1) / 86_400_000
/** Of a field of the address. */
const TYPED_LENGTH_MAX = 2_000

/** @param now epoch ms */
export function readChangeState(parameters: Pick<URLSearchParams, 'get'>, now: number): ChangeState {
  const typed = (field: keyof typeof CHANGE_FIELDS) =>
    (parameters.get(CHANGE_FIELDS[field]) ?? '').trim().slice(0, TYPED_LENGTH_MAX)
  const kind = CHANGE_KINDS.find((each) => CHANGE_KIND_WORDS[each] === typed('kind')) ?? CHANGE_KINDS[0]
  const dayText = typed('day').slice(0, 10)
  const day = DAY.test(dayText) ? parseDay(dayText) : undefined
  const isPossible = day !== undefined && day >= FIRST_DAY && day <= brusselsDay(now)
  const beside = typed('beside')
  return { kind, dayText, ...(isPossible && { day }), ...(beside !== '' && { beside }) }
}
