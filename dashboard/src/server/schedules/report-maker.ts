import { parseReportingPeriod } from '@zuil/core'
import type { ReportDesk } from '../report/report-desk.ts'
import type { Authentication } from '../scope/authentication.ts'
import type { FigureReader } from '../scope/figure-reader.ts'
import type { ClosedPeriod } from './due-papers.ts'
import { NoPaperError, type PaperMaker } from './paper-maker.ts'

export interface ReportMakerOptions {
  readonly reports: Pick<ReportDesk, 'file'>
  readonly figures: Pick<FigureReader, 'releases'>
  readonly authentication: Pick<Authentication, 'operatorScope' | 'scopeOfLink'>
}

/** Makes the report of a place from the release of its period: the same bytes as whoever reads the place gets on the page. */
export function reportMaker({ reports, figures, authentication }: ReportMakerOptions): PaperMaker {
  return {
    async closed() {
      const releases = await figures.releases(await authentication.operatorScope())
      const latest = new Map(releases.filter(({ provisional }) => !provisional).map(({ period, release }) => [period, release]))
      return [...latest].flatMap(([key, release]): readonly ClosedPeriod[] => {
        const period = parseReportingPeriod(key)
        return period ? [{ period, release }] : []
      })
    },
    async make({ schedule, period, release }, tell) {
      const { place, language, format } = schedule
      // what a reader of the place has, and nothing that is published while the report is made
      const scope = await authentication.scopeOfLink({ place, release })
      const file = await reports.file({ scope, place, period: period.key, language, onChapter: tell }, format)
      if (!file) throw new NoPaperError('NOT_THERE', `Release ${release} has nothing of ${place}`)
      return file
    },
  }
}
