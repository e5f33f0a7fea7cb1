import type { DataTokenEntry } from '@zuil/core/registry/data-token'
import type { DataToken } from './data-token-book.ts'
import type { KindPut, PutParts, PutStep } from './kind-put.ts'
import { CONTENT_HASH_LENGTH, entityShelf, type Shelf } from './registry-writer.ts'

/** Takes in tokens of the data API: the secret as a keyed hash, everything sealed, nothing in the journal. */
export class DataTokenPut implements KindPut<{ readonly parsed: DataTokenEntry }> {
  readonly #parts: PutParts
  readonly #shelf: Shelf = entityShelf('data-tokens')

  constructor(parts: PutParts) {
    this.#parts = parts
  }

  nameOf = ({ parsed }: { readonly parsed: DataTokenEntry }): string => parsed.id

  write = async (values: readonly { readonly parsed: DataTokenEntry }[]): Promise<readonly PutStep[]> => {
    const { redis, writer } = this.#parts
    if (values.length === 0) return []
    const priors = await redis.hmget(this.#shelf.values, ...values.map(({ parsed }) => parsed.id))
    return await writer.write(
      this.#shelf,
      values.map(({ parsed }, index) => {
        const { secret: _secret, ...data } = parsed
        const seen = (priors[index] ?? '').slice(0, CONTENT_HASH_LENGTH)
        const stored = JSON.stringify(this.#tokenOf(parsed))
        return { key: parsed.id, seen, entry: { stored, data }, entity: `data-token/${parsed.id}` }
      }),
    )
  }

  #tokenOf({ id, account, name, secret, roles, expiresOn }: DataTokenEntry): DataToken {
    const secretHash = secret === '' ? '' : this.#parts.secrets.dataTokenHash(id, secret)
    return { id, account, name, secretHash, expiresOn, ...(roles && { roles }) }
  }
}
