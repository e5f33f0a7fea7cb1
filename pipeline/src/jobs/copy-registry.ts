import type { Processor } from '../registry.ts'
import type { RegistryLog } from '../registry-log/registry-log.ts'

/** Copies what is new in the registry streams to the registry log. */
export function copyRegistry(registryLog: RegistryLog, lanes: number): Processor {
  return async () => {
    for (let lane = 0; lane < lanes; lane++) await registryLog.copy(lane)
  }
}
