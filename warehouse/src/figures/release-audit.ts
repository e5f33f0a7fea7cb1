import type { ReportingPeriodKind } from '@zuil/core'
import type { Texts } from '../texts.ts'
import type { Warehouse } from '../warehouse.ts'

/** The attacks that each release has to stand before it is published; docs/publication.md has all sixteen. */
export const RELEASE_ATTACKS = {
  1: {
    nl: 'doorrekenen van grenzen over de hele publicatie',
    fr: 'propagation des bornes dans toute la publication',
    en: 'interval propagation over the complete release',
  },
  3: {
    nl: 'reconstructie met kleinste kwadraten',
    fr: 'reconstruction par moindres carrés',
    en: 'reconstruction by least squares',
  },
  4: {
    nl: 'verschillen van gepubliceerde cellen',
    fr: 'différences de cellules publiées',
    en: 'differences of published cells',
  },
  5: { nl: 'twee publicaties van één periode', fr: "deux publications d'une période", en: 'two releases of one period' },
  6: {
    nl: 'een regio zonder haar andere gemeenten',
    fr: 'une région sans ses autres communes',
    en: 'a region without its other municipalities',
  },
  13: {
    nl: 'dezelfde mensen op twee plaatsen',
    fr: 'les mêmes personnes à deux endroits',
    en: 'the same people at two places',
  },
} as const satisfies Readonly<Record<number, Texts>>
export type AttackNumber = keyof typeof RELEASE_ATTACKS

/** What the audit of a release found, in numbers that say nothing of any cell. */
export interface ReleaseAudit {
  readonly release: number
  /** Epoch ms. */
  readonly at: number
  readonly state: 'PUBLISHED' | 'FAILED'
  readonly periodKind: ReportingPeriodKind
  readonly period: string
  readonly threshold: number
  /** How much each attack recovered; of a published release nothing. */
  readonly recovered: Readonly<Record<AttackNumber, number>>
  /** Whole percent of the cells with people that are not shown: one person more or less does not move it. */
  readonly withheldPercent: number
}

const AUDIT_SQL = `SELECT release, toUnixTimestamp64Milli(published_at) AS at, toString(state) AS state, period_kind AS periodKind, period, threshold,
    JSONExtract(audit, 'recovered', 'Map(String, UInt32)') AS recovered, round(100 * withheld / greatest(1, cells + withheld)) AS withheldPercent
FROM releases FINAL
WHERE release = {release:UInt32}`

/** Undefined when there is no such release, not even one that failed. */
export async function releaseAudit(warehouse: Pick<Warehouse, 'query'>, release: number): Promise<ReleaseAudit | undefined> {
  type Row = Omit<ReleaseAudit, 'recovered'> & { readonly recovered: Readonly<Record<string, number>> }
  const [row] = await warehouse.query<Row>(AUDIT_SQL, { release }, 'release audit')
  if (!row) return undefined
  const found = Object.keys(RELEASE_ATTACKS).map((attack) => [attack, row.recovered[attack] ?? 0])
  return { ...row, recovered: Object.fromEntries(found) }
}
