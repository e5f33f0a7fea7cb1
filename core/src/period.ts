/** Periods of limits and constraints: calendar buckets in Europe/Brussels, never sliding windows. */
export const PERIOD_TYPES = ['ABSOLUTE', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const
export type PeriodType = (typeof PERIOD_TYPES)[number]
