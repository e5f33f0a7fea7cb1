import { createRequire } from 'node:module'
import type { Highs, default as HighsLoader } from 'highs'
import type { AuditedRelease } from '../../src/audit/audited-release.ts'
import { type Bounds, firstBounds } from '../../src/audit/interval-sweep.ts'

// its declarations describe the CommonJS module, so that is what is loaded
const loadHighs = createRequire(import.meta.url)('highs').default as typeof HighsLoader.default

/**
 * The exact range of one figure of people given everything published, by HiGHS. Only the figures that hang together with it over
 * so many relations take part: what is left out can only make the range wider, never narrower than it is.
 */
export class ExactRange {
  readonly #solver: Highs
  readonly #release: AuditedRelease
  readonly #bounds: Bounds
  readonly #relationsOf = new Map<number, number[]>()

  private constructor(solver: Highs, release: AuditedRelease) {
    this.#solver = solver
    this.#release = release
    this.#bounds = firstBounds(release)
    const { relations } = release
    for (let relation = 0; relation < relations.size; relation++) {
      for (const figure of [relations.whole(relation), ...relations.parts(relation)]) {
        const list = this.#relationsOf.get(figure)
        if (list) list.push(relation)
        else this.#relationsOf.set(figure, [relation])
      }
    }
  }

  static async of(release: AuditedRelease): Promise<ExactRange> {
    return new ExactRange(await loadHighs(), release)
  }

  /** A range that ends before it begins: no number fits, so what is published was not rounded as it says. */
  range(figure: number, relationsMax: number): { readonly from: number; readonly to: number } {
    const near = this.#around(figure, relationsMax)
    const [from, to] = (['Minimize', 'Maximize'] as const).map((direction) => {
      const result = this.#solver.solve(this.#programme(figure, near, direction), { output_flag: false })
      if (result.Status === 'Infeasible') return direction === 'Minimize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
      if (result.Status !== 'Optimal') throw new Error(`The programme for figure ${figure} ended as ${result.Status}`)
      return result.ObjectiveValue
    })
    return { from: from ?? 0, to: to ?? 0 }
  }

  /** Relations around a figure, nearest first. */
  #around(figure: number, relationsMax: number): ReadonlySet<number> {
    const { relations } = this.#release
    const found = new Set<number>()
    const seen = new Set([figure])
    for (const next of seen) {
      for (const relation of this.#relationsOf.get(next) ?? []) {
        if (found.size >= relationsMax) return found
        found.add(relation)
        for (const member of [relations.whole(relation), ...relations.parts(relation)]) seen.add(member)
      }
    }
    return found
  }

  /** In the LP format of CPLEX. */
  #programme(figure: number, near: ReadonlySet<number>, direction: 'Minimize' | 'Maximize'): string {
    const { relations } = this.#release
    const rows: string[] = []
    const figures = new Set([figure])
    for (const index of near) {
      const { kind, whole, parts, factor, unseen } = relations.at(index)
      for (const member of [whole, ...Array.from(parts)]) figures.add(member)
      const sum = Array.from(parts, (part) => ` - f${part}`).join('')
      if (kind === 'SUM') rows.push(`f${whole}${sum} >= 0`, `f${whole}${sum} <= ${unseen}`)
      else if (kind === 'UNION')
        rows.push(`f${whole}${sum} <= ${unseen}`, ...Array.from(parts, (part) => `f${whole} - f${part} >= 0`))
      else if (kind === 'CONTAINS') rows.push(...Array.from(parts, (part) => `f${whole} - f${part} >= 0`))
      else {
        rows.push(`f${whole} - ${factor} f${parts[0]} <= 0`)
        if (kind === 'EACH') rows.push(`f${whole} - f${parts[0]} >= 0`)
      }
    }
    const bounds = [...figures].map((member) => {
      const high = this.#bounds.high[member] ?? Number.POSITIVE_INFINITY
      return `${this.#bounds.low[member]} <= f${member} <= ${Number.isFinite(high) ? high : 'inf'}`
    })
    const constraints = rows.map((row, index) => `c${index}: ${row}`)
    return [direction, `o: f${figure}`, 'Subject To', ...constraints, 'Bounds', ...bounds, 'End'].join('\n')
  }
}
