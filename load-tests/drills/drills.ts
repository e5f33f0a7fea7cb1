import { CLOCK_DRILLS } from './clock-drills.ts'
import { DEVICE_DRILLS } from './device-drills.ts'
import type { Drill } from './drill.ts'
import { PROCESS_DRILLS } from './process-drills.ts'
import { STORAGE_DRILLS } from './storage-drills.ts'

/** By name, in the order in which `zuil drill all` goes through them. */
export const DRILLS = {
  ...PROCESS_DRILLS,
  ...STORAGE_DRILLS,
  ...DEVICE_DRILLS,
  ...CLOCK_DRILLS,
} as const satisfies Readonly<Record<string, Drill>>

export type DrillName = keyof typeof DRILLS
