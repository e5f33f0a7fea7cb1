import { join } from 'node:path'
import { openWarehouse, type Warehouse } from '@zuil/warehouse'
import type { Settings } from '../config.ts'

/**
 * The warehouse as those see it who show figures: on a server, where it is set so, by an account that reads what is published and
 * nothing else. Undefined: no account of its own.
 */
export async function openFiguresWarehouse({
  clickhouseReaderUrl: url,
  clickhouseDatabase: database,
}: Settings): Promise<Warehouse | undefined> {
  return url === '' ? undefined : await openWarehouse({ kind: 'server', url, database, isReader: true })
}

/** The warehouse of this installation: the embedded one, or the server that ZUIL_CLICKHOUSE_URL names. */
export function openInstallationWarehouse(settings: Settings): Promise<Warehouse> {
  return settings.clickhouseUrl === ''
    ? openWarehouse({ kind: 'embedded', path: join(settings.data, 'warehouse') })
    : openWarehouse({ kind: 'server', url: settings.clickhouseUrl, database: settings.clickhouseDatabase })
}
