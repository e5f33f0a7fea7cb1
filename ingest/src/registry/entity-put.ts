import type { EventOverlay } from '@zuil/core'
import type { EntityDraft, EntityKind } from './entity-draft.ts'
import { readOverlays } from './event-overlays.ts'
import { type KindPut, type PutParts, type PutStep, tooLong } from './kind-put.ts'
import { CONTENT_HASH_LENGTH, entityShelf, type Shelf, type WrittenEntry } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'

interface DraftedEntity {
  readonly parsed: EntityDraft
  readonly body: unknown
}

interface Known {
  readonly number: number
  /** As it stands in the kind's hash. */
  readonly prior: string | null
  readonly overlay: EventOverlay
}

interface OverlaidSteps {
  /** With which the events were made. */
  readonly overlays: readonly EventOverlay[]
  readonly steps: PutStep[]
}

/** Takes in events, organizers, kiosks and everything else that stands in lane 0 under its id. */
export class EntityPut implements KindPut<DraftedEntity> {
  readonly #kind: EntityKind
  readonly #parts: PutParts
  readonly #shelf: Shelf

  constructor(kind: EntityKind, parts: PutParts) {
    this.#kind = kind
    this.#parts = parts
    this.#shelf = entityShelf(kind)
  }

  nameOf = ({ parsed }: DraftedEntity): string => parsed.key

  write = async (values: readonly DraftedEntity[]): Promise<readonly PutStep[]> => {
    const { redis, writer, lanes } = this.#parts
    if (values.length === 0) return []
    const drafts = values.map(({ parsed }) => parsed)
    const numbers = await this.#numbers(drafts)
    const priors = await redis.hmget(this.#shelf.values, ...drafts.map(({ key }) => key))
    // After what stands there was read: who changes an overlay writes the event after it, so that the write below notices.
    const overlays = await this.#overlays(drafts)
    const entries = drafts.map((draft, index) =>
      this.#entry(draft, { number: numbers[index] ?? 0, prior: priors[index] ?? null, overlay: overlays[index] ?? {} }),
    )
    const steps: PutStep[] = entries.map((entry) => tooLong(entry.record) ?? 'unchanged')
    const writable = entries.flatMap((entry, index) => (steps[index] === 'unchanged' ? [{ entry, index }] : []))
    const results = await writer.write(
      this.#shelf,
      writable.map(({ entry }) => entry),
    )
    for (const [position, { index }] of writable.entries()) steps[index] = results[position] ?? 'conflict'
    await this.#checkOverlays(drafts, { overlays, steps })
    // Also for what is unchanged: an earlier put may have stopped between lane 0 and the others.
    await writer.touch(
      lanes,
      writable.map(({ entry }) => entry.entity),
    )
    return steps
  }

  async #overlays(drafts: readonly EntityDraft[]): Promise<readonly EventOverlay[]> {
    if (this.#kind !== 'events') return []
    return await readOverlays(
      this.#parts.redis,
      drafts.map(({ key }) => key),
    )
  }

  /** An overlay that came while its event was written for the first time is not in it yet: then the event is made again. */
  async #checkOverlays(drafts: readonly EntityDraft[], { overlays, steps }: OverlaidSteps): Promise<void> {
    const now = await this.#overlays(drafts)
    for (const [index, overlay] of now.entries()) {
      if (JSON.stringify(overlay) !== JSON.stringify(overlays[index])) steps[index] = 'conflict'
    }
  }

  async #numbers(drafts: readonly EntityDraft[]): Promise<readonly number[]> {
    if (!drafts.some((draft) => draft.isNumbered)) return []
    const groups = drafts.map(({ key }) => ({ names: [key] }))
    return (await this.#parts.writer.numbers(this.#kind, groups)).map((numbers) => numbers?.[0] ?? 0)
  }

  #entry(draft: EntityDraft, { number, prior, overlay }: Known): WrittenEntry {
    const { value, entity, record } = draft.finish({
      number,
      prior: prior === null ? undefined : this.#valueOf(draft.key, prior),
      overlay,
    })
    return {
      key: draft.key,
      seen: prior?.slice(0, CONTENT_HASH_LENGTH) ?? '',
      entry: { stored: JSON.stringify(value), data: draft.data },
      entity,
      ...(record && { record }),
    }
  }

  #valueOf(key: string, text: string): unknown {
    const shown = text.slice(CONTENT_HASH_LENGTH + 1)
    const isSealed = this.#shelf.sealed === this.#shelf.values
    return JSON.parse(isSealed ? openEntry(this.#parts.secrets, { kind: this.#kind, key }, shown).stored : shown)
  }
}
