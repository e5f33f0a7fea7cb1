import type { StoredReward } from '../registry/entity-draft.ts'

/**
 * A reward as it stands in the registry; undefined for one of before rewards had numbers: it is there again when it is put
 * again.
 */
export function numberedReward(stored: unknown): StoredReward | undefined {
  const isNumbered = typeof stored === 'object' && stored !== null && 'reward' in stored
  // Only the store writes what stands there.
  return isNumbered ? (stored as StoredReward) : undefined
}
