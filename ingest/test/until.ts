import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 5

/** Waits for a condition, at most so long. @throws {Error} naming what never came */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`After ${timeoutMs} ms still not: ${what}`)
    await delay(POLL_MS)
  }
}
