import { findings, type StoredComparison } from './stored.ts'

export interface ReceiptOptions {
  readonly api: string
  /** Access token of any API client: a receipt tells nothing about what it is of. */
  readonly token: string
  readonly accepted: ReadonlySet<string>
}

/** Of a target so many are asked for, spread over the run: at a millisecond each, half a minute. */
const RECEIPTS_MAX = 20_000
const AT_ONCE = 16
/** Loading takes a second; a receipt that is not loaded after this many looks is lost. */
const LOOKS_MAX = 20
const LOOK_AGAIN_MS = 1_000
const NOT_SEEN = 'the warehouse of a target is not open to us'

/** Asks the API for receipts of what was accepted: each has to stand in the warehouse. */
export async function compareReceipts({ api, token, accepted }: ReceiptOptions): Promise<StoredComparison> {
  const receipts = [...accepted].filter((text) => /^\d+\.\d+-\d+$/.test(text))
  const each = Math.max(1, Math.ceil(receipts.length / RECEIPTS_MAX))
  const asked = receipts.filter((_, index) => index % each === 0)
  const waiting = [...asked]
  const lost: string[] = []
  const work = async () => {
    for (let receipt = waiting.pop(); receipt !== undefined; receipt = waiting.pop())
      if (!(await isLoaded(`${api}/receipts/${receipt}`, token))) lost.push(receipt)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const sample = `${asked.length} of ${accepted.size} receipts were asked for; ${NOT_SEEN}`
  return {
    accepted: accepted.size,
    stored: asked.length - lost.length,
    lost: asked.length === 0 ? 'no answer had a receipt' : findings(lost),
    lostAt: [],
    doubled: sample,
    unheard: 0,
    overLimit: NOT_SEEN,
    overdrawn: NOT_SEEN,
    wrongDay: NOT_SEEN,
  }
}

async function isLoaded(url: string, token: string): Promise<boolean> {
  for (let look = 1; look <= LOOKS_MAX; look++) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch(() => undefined)
    if (response?.status === 404) return false
    // the contract of GET /receipts/{id}
    if (response?.ok && ((await response.json()) as { loaded: boolean }).loaded) return true
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
  return false
}
