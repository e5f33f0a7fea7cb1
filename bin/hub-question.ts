import { CommandError } from './command.ts'
import type { Settings } from './config.ts'
import { installationSecrets } from './secrets.ts'

export interface HubQuestion {
  /** Below `/internal/`. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly withinMs: number
}

/**
 * Has the running hub do something that takes long. It keeps the connection alive with blank lines; its answer is the last one.
 * @throws {CommandError} when it does not answer, or says what stands in the way
 */
export async function askHub<Answer extends object>(settings: Settings, { path, body, withinMs }: HubQuestion): Promise<Answer> {
  const url = `http://127.0.0.1:${settings.internalPort}/internal/${path}`
  const headers: Record<string, string> = { authorization: `Bearer ${installationSecrets(settings).token('internal')}` }
  if (body) headers['content-type'] = 'application/json'
  const request = {
    method: 'POST',
    headers,
    signal: AbortSignal.timeout(withinMs),
    ...(body ? { body: JSON.stringify(body) } : {}),
  }
  const response = await fetch(url, request).catch(() => undefined)
  if (!response?.ok) {
    const reason = response?.status ?? 'no answer'
    throw new CommandError(`The hub did not do it (${reason}): look at its log, or stop Zuil and run this again.`)
  }
  const text = (await response.text()).trim()
  const answer = JSON.parse(text) as Answer | { readonly error: string } // our own hub, whose contract this is
  if ('error' in answer) throw new CommandError(`The hub could not do it: ${answer.error}`)
  return answer
}
