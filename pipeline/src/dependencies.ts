import type { IdKey } from '@zuil/core'
import type { Warehouse } from '@zuil/warehouse'
import type { Fault } from './fault.ts'
import type { PaperMaking } from './jobs/make-papers.ts'
import type { Log } from './log.ts'
import type { Publisher } from './publish/publisher.ts'
import type { Connect } from './redis/connections.ts'

export interface PipelineDependencies {
  readonly connect: Connect
  /** Migrated; its owner closes it after the pipeline stopped. */
  readonly warehouse: Warehouse
  /** Folder that holds archive, dead-letters, registry-log, pipeline and (embedded) warehouse. */
  readonly dataFolder: string
  readonly lanes: number
  readonly idKey: IdKey
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Log
  /** Makes releases when they are due, until the pipeline stops; without it nothing is published by itself. */
  readonly publisher?: Pick<Publisher, 'publishDue' | 'stop'>
  /** Makes the papers that people have made regularly; without it none are made. */
  readonly papers?: PaperMaking
  readonly fault?: Fault
  /** Free bytes on the warehouse's volume below which nothing is loaded; default 2 GB. */
  readonly freeBytesMin?: number
}

/** Where everything stands below the data folder. */
export function pipelineFolders(dataFolder: string) {
  return {
    archive: `${dataFolder}/archive`,
    deadLetters: `${dataFolder}/dead-letters`,
    registryLog: `${dataFolder}/registry-log`,
    settlements: `${dataFolder}/settlements`,
    state: `${dataFolder}/pipeline`,
    warehouse: `${dataFolder}/warehouse`,
  } as const
}
