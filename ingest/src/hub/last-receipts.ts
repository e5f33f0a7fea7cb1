import { comparePositions, type Position } from '@zuil/core'

/** Clients that are remembered at the same time; the one that committed longest ago is forgotten first. */
export const CLIENTS_MAX = 10_000

/** The last position in each lane that this process gave to each client: what the client reads back is never older. */
export class LastReceipts {
  readonly #byClient = new Map<string, Map<number, Position>>()

  note(client: string, position: Position): void {
    const known = this.#byClient.get(client)
    if (known) {
      const last = known.get(position.lane)
      if (!last || comparePositions(last, position) < 0) known.set(position.lane, position)
      return
    }
    if (this.#byClient.size >= CLIENTS_MAX) {
      const [oldest] = this.#byClient.keys()
      if (oldest !== undefined) this.#byClient.delete(oldest)
    }
    this.#byClient.set(client, new Map([[position.lane, position]]))
  }

  of(client: string): readonly Position[] {
    return [...(this.#byClient.get(client)?.values() ?? [])]
  }
}
