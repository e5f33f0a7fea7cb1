import { type AuditReport, createPublisher, type Publisher, type PublisherDependencies } from '@zuil/pipeline'
import { buildFacts, CUBES, publishedReleases, type Release, type Warehouse } from '@zuil/warehouse'
import { CommandError } from '../command.ts'
import type { Settings } from '../config.ts'
import { installationSecrets } from '../secrets.ts'

/** The publisher of this installation: all cubes, facts from its warehouse, rounded by its secret. */
export function installationPublisher(
  settings: Settings,
  warehouse: Warehouse,
  told: Pick<PublisherDependencies, 'onProgress' | 'onStep'> = {},
): Publisher {
  return createPublisher({
    warehouse,
    cubes: Object.values(CUBES),
    secret: installationSecrets(settings).key('publication'),
    buildFacts: async (period) => void (await buildFacts(warehouse, period)),
    clock: Date.now,
    ...told,
  })
}

/** What was audited, and what was found. */
export interface AuditedRelease {
  readonly release: Release
  readonly report: AuditReport
}

/**
 * Audits `latest`, or a release by its number.
 * @throws {CommandError} when there is no such release
 */
export async function auditWanted(
  warehouse: Pick<Warehouse, 'query'>,
  publisher: Pick<Publisher, 'audit'>,
  wanted: string,
): Promise<AuditedRelease> {
  const releases = await publishedReleases(warehouse)
  const release = wanted === 'latest' ? releases.at(-1) : releases.find((one) => String(one.release) === wanted)
  if (!release) throw new CommandError(wanted === 'latest' ? 'Nothing is published yet.' : `There is no release ${wanted}.`)
  return { release, report: await publisher.audit(release) }
}
