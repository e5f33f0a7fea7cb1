/** A Belgian municipality by NIS code, as of 2025 (after the mergers). */
export interface Municipality {
  readonly nis: number
  readonly name: string
  readonly postalCodes: readonly string[]
  readonly latitude: number
  readonly longitude: number
  readonly inhabitants: number
  readonly inhabitantsYear: number
  /** NIS codes that were merged into this one. */
  readonly mergedFrom: readonly number[]
}
