import { comparison } from './comparison.ts'

export const tariffs = comparison({
  name: 'tariffs',
  question:
    'How often does one ingest process say in a second what a ticket costs somebody, and what share is that of a bare route?',
  request: 'tariffs',
  unit: 'answers',
  ratio: { atLeast: 0.4 },
  isWrite: false,
})
