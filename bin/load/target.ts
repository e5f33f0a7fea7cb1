import type { PlayedInstallation } from '@zuil/load-tests/installation/played-installation'
import { targetInstallation } from '@zuil/load-tests/installation/target-installation'
import type { ReconcileReport } from '@zuil/pipeline'
import { readSettings, type Settings } from '../config.ts'
import { askHub } from '../hub-question.ts'
import { installationSecrets } from '../secrets.ts'
import type { LoadOptions } from './load-options.ts'

const RECONCILE_WITHIN_MS = 60 * 60_000

/** An installation that runs already: the one of these settings, or one elsewhere with the same secret. */
export function openTarget({ url, isRunning }: Pick<LoadOptions, 'url' | 'isRunning'>): PlayedInstallation {
  const settings = readSettings()
  const secrets = installationSecrets(settings)
  const inside = {
    internal: `http://127.0.0.1:${settings.internalPort}`,
    internalToken: secrets.token('internal'),
    redisPort: Number(new URL(settings.redisUrl).port),
    reconcile: () => reconcileRunning(settings),
  }
  return targetInstallation({
    api: url === '' ? `http://${settings.host}:${settings.ingestPort}` : url,
    dashboard: url === '' ? `http://${settings.host}:${settings.dashboardPort}` : '',
    operatorToken: secrets.token('operator'),
    ...(isRunning && { inside }),
  })
}

async function reconcileRunning(settings: Settings): Promise<{ readonly isEqual: boolean; readonly text: string }> {
  const { ok, findings, ranges } = await askHub<ReconcileReport>(settings, { path: 'reconcile', withinMs: RECONCILE_WITHIN_MS })
  const text = ok
    ? `${ranges} ranges compared`
    : findings
        .map(({ check, detail }) => `${check}: ${detail}`)
        .slice(0, 20)
        .join('; ')
  return { isEqual: ok, text }
}
