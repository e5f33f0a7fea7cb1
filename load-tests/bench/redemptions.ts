import { comparison } from './comparison.ts'

/** Stock, volume and points are looked at each time, and allow it. */
export const redemptions = comparison({
  name: 'redemptions',
  question: 'How many rewards does one ingest process give out in a second, and what share is that of a bare route?',
  request: 'redemptions',
  unit: 'redemptions',
  ratio: { atLeast: 0.3 },
  isWrite: true,
  prepare: (context) => context.givePoints(),
})
