/** Where the operator puts what an installation has to know. */
export interface RegistryDoor {
  /** Address of the UiTPAS API, without a slash at the end. */
  readonly api: string
  readonly operatorToken: string
}

/** What `PUT /registry/{kind}` takes at once. */
export const ITEMS_MAX = 500
/** Requests under way: two keep the server busy while the next one is made. */
const CONCURRENCY = 2
/** The hub copies the registry's log; while it is behind, puts are refused for a moment. */
const ATTEMPTS_MAX = 60
const RETRY_AFTER_SECONDS_MAX = 5

export interface Items {
  readonly count: number
  readonly itemOf: (index: number) => unknown
}

/** Puts many entries of one kind, several requests at a time. @throws {Error} naming the first entry that was refused */
export async function putItems(door: RegistryDoor, kind: string, { count, itemOf }: Items): Promise<void> {
  let next = 0
  const work = async () => {
    while (next < count) {
      const from = next
      next = Math.min(from + ITEMS_MAX, count)
      await put(door, kind, JSON.stringify(Array.from({ length: next - from }, (_, i) => itemOf(from + i))))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
}

/** Puts entries in their order, as an import does. @throws {Error} naming the first entry that was refused */
export async function putEntries(
  door: RegistryDoor,
  entries: Iterable<{ readonly kind: string; readonly data: unknown }>,
): Promise<number> {
  let count = 0
  let kind = ''
  let waiting: unknown[] = []
  const flush = async () => {
    const data = waiting
    waiting = []
    await putItems(door, kind, { count: data.length, itemOf: (index) => data[index] })
  }
  for (const entry of entries) {
    if (entry.kind !== kind || waiting.length >= ITEMS_MAX * CONCURRENCY) await flush()
    kind = entry.kind
    waiting.push(entry.data)
    count += 1
  }
  await flush()
  return count
}

/** Waits when the registry says that it is full for now. */
async function put({ api, operatorToken }: RegistryDoor, kind: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${api}/registry/${kind}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
      body,
    })
    const answer = await response.text()
    if (response.ok && !answer.includes('"ok":false')) return
    if (response.status !== 503 || attempt === ATTEMPTS_MAX)
      throw new Error(`PUT /registry/${kind}: ${reasonOf(response, answer)}`)
    const seconds = Math.min(Number(response.headers.get('retry-after')) || 1, RETRY_AFTER_SECONDS_MAX)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}

function reasonOf(response: Response, answer: string): string {
  const refused = answer.indexOf('"ok":false')
  return `${response.status} ${answer.slice(Math.max(0, refused - 20), Math.max(0, refused) + 1000)}`
}
