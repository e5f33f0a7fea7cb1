import { join } from 'node:path'
import { openWarehouse, type Warehouse } from '@zuil/warehouse'
import type { Settings } from '../config.ts'

/** The warehouse of this installation: the embedded one, or the server that ZUIL_CLICKHOUSE_URL names. */
export function openInstallationWarehouse(settings: Settings): Promise<Warehouse> {
  return settings.clickhouseUrl === ''
    ? openWarehouse({ kind: 'embedded', path: join(settings.data, 'warehouse') })
    : openWarehouse({ kind: 'server', url: settings.clickhouseUrl, database: settings.clickhouseDatabase })
}
