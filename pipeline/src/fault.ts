/** Steps of the pipeline at which a fault drill may kill or fail the process. */
export const FAULT_POINTS = [
  'after-seal',
  'after-dead-letters',
  'after-segment',
  'after-manifest',
  'before-insert',
  'after-insert',
  'after-read-back',
  'after-loaded',
  'after-registry-log',
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

/** Called at every {@link FAULT_POINTS}; production passes {@link noFault}. What it throws counts as a failure of that step. */
export type Fault = (point: FaultPoint, place: { readonly lane: number; readonly range: number }) => void | Promise<void>

export const noFault: Fault = () => undefined
