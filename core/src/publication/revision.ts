import { ROUNDING_BASES } from './rounding.ts'

/**
 * A cell of a period that was published before is published anew only when so many others take part in it that no single one is
 * seen by it; else the earlier value stands. True numbers of earlier releases are kept nowhere, so the change is measured
 * from what was published: a count that is further off than this has changed by `threshold` people at least, however it was
 * rounded.
 */
export function changeNeeded(threshold: number): number {
  return threshold + ROUNDING_BASES.holders - 1
}

/** Whether a published number of people stands although there are `people` now. */
export function stands(published: number, people: number, threshold: number): boolean {
  return Math.abs(people - published) < changeNeeded(threshold)
}

/** A cell that was withheld may have had one person less than the threshold: it opens when as many others have come. */
export function opens(people: number, threshold: number): boolean {
  return people >= 2 * threshold - 1
}
