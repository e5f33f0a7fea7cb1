import type { EntityDraft, EntityKind } from './entity-draft.ts'
import { type KindPut, type PutParts, type PutStep, tooLong } from './kind-put.ts'
import { CONTENT_HASH_LENGTH, entityShelf, type Shelf, type WrittenEntry } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'

interface DraftedEntity {
  readonly parsed: EntityDraft
  readonly body: unknown
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
    const entries = drafts.map((draft, index) =>
      this.#entry(draft, { number: numbers[index] ?? 0, prior: priors[index] ?? null }),
    )
    const steps: PutStep[] = entries.map((entry) => tooLong(entry.record) ?? 'unchanged')
    const writable = entries.flatMap((entry, index) => (steps[index] === 'unchanged' ? [{ entry, index }] : []))
    const results = await writer.write(
      this.#shelf,
      writable.map(({ entry }) => entry),
    )
    for (const [position, { index }] of writable.entries()) steps[index] = results[position] ?? 'conflict'
    // Also for what is unchanged: an earlier put may have stopped between lane 0 and the others.
    await writer.touch(
      lanes,
      writable.map(({ entry }) => entry.entity),
    )
    return steps
  }

  async #numbers(drafts: readonly EntityDraft[]): Promise<readonly number[]> {
    if (!drafts.some((draft) => draft.isNumbered)) return []
    const groups = drafts.map(({ key }) => ({ names: [key] }))
    return (await this.#parts.writer.numbers(this.#kind, groups)).map((numbers) => numbers?.[0] ?? 0)
  }

  #entry(draft: EntityDraft, { number, prior }: { readonly number: number; readonly prior: string | null }): WrittenEntry {
    const { value, entity, record } = draft.finish({
      number,
      prior: prior === null ? undefined : this.#valueOf(draft.key, prior),
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
