import { join } from 'node:path'
import { openWarehouse } from '@zuil/warehouse'
import type { Observed } from '../verdict/sampler.ts'
import { compareStored, type StoredComparison } from '../verdict/stored.ts'
import type { OwnInstallation } from './own-installation.ts'
import type { RegistryDoor } from './registry-door.ts'

/** What the devices of a run were told, receipts and ids, and since when. */
export interface Told {
  readonly accepted: ReadonlySet<string>
  /** Epoch ms. */
  readonly since: number
  /** Access token of one of the counters. */
  readonly token: string
}

/** An installation that a scenario is played on: our own one, or a target that somebody else runs. */
export interface PlayedInstallation extends RegistryDoor, Observed {
  readonly dashboard: string
  /** What `zuil reconcile` says, or why it cannot be asked. */
  reconcile(): Promise<{ readonly isEqual: boolean; readonly text: string } | string>
  /** Last of all: it may have to stop the installation. */
  compare(told: Told): Promise<StoredComparison | string>
}

/** An installation of our own: everything about it can be looked at. */
export function played(own: OwnInstallation): PlayedInstallation {
  return {
    api: own.api,
    operatorToken: own.operatorToken,
    dashboard: own.dashboard,
    internal: own.internal,
    internalToken: own.token('internal'),
    redisPort: own.redisPort,
    pids: () => own.pids(),
    async reconcile() {
      const { code, output } = await own.run('reconcile')
      return { isEqual: code === 0, text: output.split('\n').slice(0, 20).join(' ') }
    },
    async compare({ accepted }) {
      await own.stop()
      const key = own.key('transaction-id')
      const words = [key.readUInt32LE(0), key.readUInt32LE(4), key.readUInt32LE(8), key.readUInt32LE(12)] as const
      const { clickhouse } = own
      const place = clickhouse === undefined ? ({ kind: 'embedded', path: join(own.data, 'warehouse') } as const) : clickhouse
      const warehouse = await openWarehouse(place)
      try {
        // it was empty before the run, whatever its clock said
        return await compareStored(warehouse, { accepted, since: 0, idKey: { words } })
      } finally {
        await warehouse.close()
      }
    },
  }
}
