import { parseReportingPeriod } from '@zuil/core'
import type { PaperPress } from '../paper/paper-press.ts'
import type { Authentication } from '../scope/authentication.ts'
import { settlementBundle } from '../settlement/settlement-bundle.ts'
import type { SettlementReader, SettlementReading } from '../settlement/settlement-reader.ts'
import { NoPaperError, type PaperMaker } from './paper-maker.ts'
import { cardSystemOf } from './schedule.ts'

export interface SettlementMakerOptions {
  readonly settlements: SettlementReader
  readonly press: Pick<PaperPress, 'pressAll'>
  readonly authentication: Pick<Authentication, 'scopeOfSettlement'>
}

/** Makes the papers of a region's settlement once its period is closed: all of them in one zip. Each reading is noted as every other. */
export function settlementMaker({ settlements, press, authentication }: SettlementMakerOptions): PaperMaker {
  const readingOf = (cardSystem: number, who: string): SettlementReading => ({
    scope: authentication.scopeOfSettlement(cardSystem),
    who,
    part: 'papers',
    format: 'zip',
  })
  return {
    async closed(place) {
      const cardSystem = cardSystemOf(place)
      if (cardSystem === undefined) return []
      const closings = await settlements.closedPeriods(readingOf(cardSystem, ''), cardSystem)
      return closings.flatMap(({ period: key, number }) => {
        const period = parseReportingPeriod(key)
        return period ? [{ period, release: number }] : []
      })
    },
    async make({ schedule, period }, tell) {
      const cardSystem = cardSystemOf(schedule.place) ?? 0
      const document = await settlements.settlement(readingOf(cardSystem, `schedule/${schedule.id}`), cardSystem, period)
      if ('refusal' in document) throw new NoPaperError('NOT_THERE', document.refusal.message)
      const { language, format } = schedule
      const bytes = await settlementBundle(document, { language, format, press, tell })
      return { bytes, fileName: `settlement-${cardSystem}-${period.key}-${format}.zip` }
    },
  }
}
