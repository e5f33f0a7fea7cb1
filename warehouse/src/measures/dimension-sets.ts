/** Crossings that several measures allow; the empty set is the total. */
export const TOTAL = [[]] as const
export const BY_TARIFF = [[], ['tariff']] as const
export const BY_AGE = [[], ['age']] as const
export const BY_TARIFF_AND_AGE = [[], ['tariff'], ['age'], ['tariff', 'age']] as const
