import { comparison } from './comparison.ts'

export const checkins = comparison({
  name: 'checkins',
  question: 'How many single check-ins does one ingest process accept in a second, and what share is that of a bare route?',
  request: 'checkins',
  unit: 'check-ins',
  ratio: { atLeast: 0.4 },
  p99: { atMost: 50 },
  isWrite: true,
})
