import { compareReceipts } from '../verdict/receipts.ts'
import type { PlayedInstallation } from './played-installation.ts'

export interface TargetOptions {
  readonly api: string
  readonly dashboard: string
  readonly operatorToken: string
  /** Of the hub and of Redis, where they can be reached from here. */
  readonly inside?: Pick<PlayedInstallation, 'reconcile'> & {
    readonly internal: string
    readonly internalToken: string
    readonly redisPort?: number
  }
}

/** An installation that somebody else runs: what stands in its warehouse is asked by receipt, over the API. */
export function targetInstallation({ api, dashboard, operatorToken, inside }: TargetOptions): PlayedInstallation {
  const { reconcile = async () => 'the hub of this target cannot be asked from here', ...observed } = inside ?? {}
  return {
    api,
    dashboard,
    operatorToken,
    ...observed,
    pids: () => ({}),
    reconcile,
    compare: ({ accepted, token }) => compareReceipts({ api, token, accepted }),
  }
}
