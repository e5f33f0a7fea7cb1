import type { TruthCell } from './cell.ts'

/** Everything of a cell but its dimensions and its value. */
export type CellKind = Omit<TruthCell, 'dimensions' | 'value'>

/** Sums that may still grow until the end of a history, by cell. Few: those about persons are counted period by period. */
export class SumSheet {
  readonly #cells = new Map<string, { readonly kind: CellKind; readonly dimensions: TruthCell['dimensions']; value: number }>()

  add(kind: CellKind, value: number, dimensions: TruthCell['dimensions'] = {}): void {
    const { measure, column, periodKind, period, place } = kind
    const key = [measure, column, periodKind, period, place.kind, place.id, ...Object.values(dimensions)].join(' ')
    const known = this.#cells.get(key)
    if (known) known.value += value
    else this.#cells.set(key, { kind, dimensions, value })
  }

  cells(): TruthCell[] {
    const ordered = [...this.#cells].filter(([, { value }]) => value !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
    return ordered.map(([, { kind, dimensions, value }]) => ({ ...kind, dimensions, value }))
  }
}
