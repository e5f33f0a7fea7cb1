import { parseReportingPeriod } from '@zuil/core'
import { CLOSING_PATH, SETTLEMENT_FIELDS, SETTLEMENT_PATH, YES } from '../../lib/settlement/settlement-view.ts'
import { backTo, type FormHandler } from '../notebook/own-form.ts'
import { settlementContent } from './settlement-content.ts'
import type { SettlementReader } from './settlement-reader.ts'

/** The form that closes a period: the period typed once more, and what was looked at. It leads back to the page, which says what came of it. */
export function closingForms(settlements: Pick<SettlementReader, 'close'>): Readonly<Record<string, FormHandler>> {
  return {
    [CLOSING_PATH]: async (form, { settles, owner, account }) => {
      const field = (name: keyof typeof SETTLEMENT_FIELDS) => form.get(SETTLEMENT_FIELDS[name]) ?? ''
      const cardSystem = /^\d{1,10}$/.test(field('region')) ? Number(field('region')) : -1
      const period = parseReportingPeriod(field('period'))
      if (!settles.mayRead(cardSystem) || !period)
        return backTo(SETTLEMENT_PATH, form, { [SETTLEMENT_FIELDS.fault]: 'NOT_AN_OFFICER' })
      const back = (said: Readonly<Record<string, string>>) =>
        backTo(SETTLEMENT_PATH, form, {
          [SETTLEMENT_FIELDS.region]: String(cardSystem),
          [SETTLEMENT_FIELDS.period]: period.key,
          ...said,
        })
      if (field('confirm').trim().toUpperCase() !== period.key) return back({ [SETTLEMENT_FIELDS.fault]: 'NOT_CONFIRMED' })
      const document = await settlements.close(
        { scope: settles, who: owner, part: 'closing', format: 'html' },
        {
          cardSystem,
          period,
          by: account,
          accepted: field('accepted') === YES,
          isAsSeen: (seen) => settlementContent(seen) === field('content'),
        },
      )
      return back(
        'refusal' in document ? { [SETTLEMENT_FIELDS.fault]: document.refusal.code } : { [SETTLEMENT_FIELDS.closed]: YES },
      )
    },
  }
}
