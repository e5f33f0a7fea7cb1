import { installationSecret, Secrets } from '@zuil/ingest'
import type { Settings } from './config.ts'

/** The keys of this installation, made at the first call on a new data folder. */
export function installationSecrets(settings: Settings): Secrets {
  return new Secrets(installationSecret(settings.data, settings.secret))
}
