/** Key numbers of a region that it can have an agreement on; as docs/measures.md has them below B10. */
export const TARGET_NUMBERS = ['agreement-reach', 'agreement-coverage', 'agreement-gap', 'agreement-participations'] as const
export type TargetNumber = (typeof TARGET_NUMBERS)[number]

export const TARGET_FAULTS = ['region', 'number', 'value', 'year'] as const
export type TargetFault = (typeof TARGET_FAULTS)[number]

export const TARGETS_PATH = '/afspraken'
export const TARGET_FIELDS = {
  place: 'regio',
  number: 'cijfer',
  value: 'waarde',
  year: 'jaar',
  fault: 'afspraakfout',
  id: 'nummer',
} as const
