import type { Loader } from '../load/loader.ts'
import type { Processor } from '../registry.ts'
import { parseLoadRangeData } from './job-contract.ts'

/** Ends when the range is in the warehouse and was read back. Ranges before it are loaded first, later ones on the way. */
export function loadRange(loader: Loader): Processor {
  return async (data) => {
    const { lane, range } = parseLoadRangeData(data)
    await loader.loadUntil(lane, range)
  }
}
