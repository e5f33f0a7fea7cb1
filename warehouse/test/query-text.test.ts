import {
  balances,
  balancesOf,
  lastLoaded,
  limitCounts,
  nowFigures,
  type Parameters,
  transactionById,
  transactionPage,
  transactionsWithRequest,
  voidedTransactions,
} from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'
import { contentSql, survivorsSql } from '../src/content.ts'
import { MORNING } from './transaction-lines.ts'

/** Says what would be asked, and answers that there is nothing. */
function recorder() {
  const asked: string[] = []
  const note = (sql: string, parameters: Parameters, origin: string) => {
    asked.push(`-- ${origin} ${JSON.stringify(parameters)}\n${sql}`)
  }
  return {
    asked,
    async query<Row>(sql: string, parameters: Parameters, origin: string): Promise<Row[]> {
      note(sql, parameters, origin)
      return []
    },
    async *stream<Row>(sql: string, parameters: Parameters, origin: string): AsyncGenerator<Row[]> {
      note(sql, parameters, origin)
      yield []
    },
  }
}

/** Answers that there are so many, so that the page is asked for as well. */
function counting(warehouse: ReturnType<typeof recorder>, total: number) {
  return {
    async query<Row>(sql: string, parameters: Parameters, origin: string): Promise<Row[]> {
      await warehouse.query(sql, parameters, origin)
      // The only row that is looked at is that of the count.
      return (origin.startsWith('count') ? [{ total }] : []) as Row[]
    },
  }
}

const DAYS = { from: '2026-11-14', to: '2026-11-22' }

const QUESTIONS: Readonly<Record<string, (warehouse: ReturnType<typeof recorder>) => unknown>> = {
  'transaction by id': (warehouse) => transactionById(warehouse, '01a1fd56-64e0-7000-8401-662aac9d14f2', DAYS),
  'transactions with a request key': (warehouse) => transactionsWithRequest(warehouse, MORNING, DAYS),
  balances: (warehouse) => balances(warehouse),
  'balances of holders': (warehouse) => balancesOf(warehouse, [1, 2]),
  'limit counts': (warehouse) => limitCounts(warehouse, MORNING),
  'voided transactions': (warehouse) => voidedTransactions(warehouse),
  'now figures': (warehouse) => nowFigures(warehouse, MORNING),
  'page of a holder': (warehouse) =>
    transactionPage(
      counting(warehouse, 21),
      {
        holder: 7,
        kinds: ['CHECKIN'],
        eventTitle: 'lente',
        places: {
          organizers: ['5b2e5c2e-9a2b-4a75-9a0a-9b1f0a5d2c11'],
          organizersInCardSystems: [{ organizer: 'd42cb5d9', cardSystem: 14 }],
          locations: [],
        },
      },
      { order: 'desc', start: 20, limit: 20 },
    ),
  'page of an event': (warehouse) =>
    transactionPage(counting(warehouse, 1), { eventNumber: 3, kinds: ['TICKET_SALE'] }, { order: 'asc', start: 0, limit: 500 }),
  'page of redemptions': (warehouse) =>
    transactionPage(
      counting(warehouse, 1),
      { holder: 7, kinds: ['REDEMPTION'], rewardTitle: 'koffie', rewardType: 'POINTS' },
      { order: 'desc', start: 0, limit: 20 },
    ),
  'last loaded': (warehouse) => lastLoaded(warehouse, '2026-11-14'),
}

describe('The SQL that is sent', () => {
  it.each(Object.entries(QUESTIONS))('for %s is the one that was reviewed', async (_name, ask) => {
    const warehouse = recorder()
    const answer = await ask(warehouse)
    if (isIterable(answer)) for await (const _portion of answer) break
    expect(warehouse.asked.join('\n\n')).toMatchSnapshot()
  })

  it('for reading back is the one that was reviewed', () => {
    expect(
      [contentSql('transactions'), survivorsSql('transactions'), contentSql('refusals'), survivorsSql('holders')].join('\n\n'),
    ).toMatchSnapshot()
  })

  it('says FINAL whenever it counts or adds up transactions', async () => {
    const warehouse = recorder()
    for (const ask of [
      QUESTIONS.balances,
      QUESTIONS['balances of holders'],
      QUESTIONS['limit counts'],
      QUESTIONS['now figures'],
      QUESTIONS['page of a holder'],
    ]) {
      const answer = await ask?.(warehouse)
      if (isIterable(answer)) for await (const _portion of answer) break
    }
    expect(warehouse.asked.length).toBeGreaterThan(4)
    expect(warehouse.asked.filter((sql) => /FROM (transactions|refusals)(?! FINAL)/.test(sql))).toEqual([])
  })
})

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
