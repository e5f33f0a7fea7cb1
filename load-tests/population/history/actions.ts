import type { Action, ActionQueue } from './action-queue.ts'

/** What may happen in a history. */
export const ACTION = {
  register: 1,
  move: 2,
  replaceCard: 3,
  renewTariff: 4,
  beginGrace: 5,
  loseTariff: 6,
  suspendTariff: 7,
  publish: 8,
  join: 9,
  onboard: 10,
  replacePredecessor: 11,
  checkin: 12,
  /** A device that was offline tells of a check-in. */
  upload: 13,
  sale: 14,
  redeem: 15,
  collectWelcome: 16,
  takeBack: 17,
  merge: 18,
} as const
export type ActionKind = (typeof ACTION)[keyof typeof ACTION]

export type HistoryAction = Action<ActionKind>
export type HistoryQueue = ActionQueue<ActionKind>

/** An action that is told when it happens. */
export function plan(
  kind: ActionKind,
  at: number,
  { holder = 0, subject = 0 }: { holder?: number; subject?: number },
): HistoryAction {
  return { kind, at, holder, subject, occurredAt: at, subjectRecord: undefined }
}

/** What is done when an action is due, by its kind. */
export type Steps = { readonly [Kind in ActionKind]?: (action: HistoryAction) => void }
