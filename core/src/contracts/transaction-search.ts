import Type, { type Static } from 'typebox'
import { TRANSACTION_KINDS, type Transaction } from '../transaction.ts'

/** Bounds of one question; the warehouse keeps to the same. */
const PAGE_ROWS_MAX = 500
const PAGE_START_MAX = 100_000
const TERMS_MAX = 1_000
const LANES_MAX = 256
const TEXT_LENGTH_MAX = 200

const DenseNumber = Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 })
const Texts = Type.Array(Type.String({ maxLength: TEXT_LENGTH_MAX }), { maxItems: TERMS_MAX })

/** `POST /internal/transactions/search`: ingest asks the hub for a page of transactions that are not void. */
export const TransactionSearch = Type.Object({
  filter: Type.Object({
    holder: Type.Optional(DenseNumber),
    eventNumber: Type.Optional(DenseNumber),
    kinds: Type.Array(Type.Enum([...TRANSACTION_KINDS]), { minItems: 1, maxItems: TRANSACTION_KINDS.length }),
    places: Type.Optional(
      Type.Object({
        organizers: Texts,
        organizersInCardSystems: Type.Array(Type.Object({ organizer: Type.String(), cardSystem: DenseNumber }), {
          maxItems: TERMS_MAX,
        }),
        locations: Texts,
      }),
    ),
    eventTitle: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
    rewardTitle: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
    rewardType: Type.Optional(Type.Enum(['POINTS', 'WELCOME'])),
  }),
  range: Type.Object({
    order: Type.Enum(['asc', 'desc']),
    start: Type.Integer({ minimum: 0, maximum: PAGE_START_MAX }),
    limit: Type.Integer({ minimum: 0, maximum: PAGE_ROWS_MAX }),
  }),
  /** Positions, `<lane>.<ms>-<sequence>`, that must be in the warehouse before it is asked. */
  after: Type.Array(Type.String({ pattern: '^[0-9]{1,3}\\.[0-9]{1,15}-[0-9]{1,10}$' }), { maxItems: LANES_MAX }),
})
export type TransactionSearch = Static<typeof TransactionSearch>

export interface FoundTransaction {
  readonly id: string
  /** Epoch ms of the commit. */
  readonly recordedAt: number
  readonly transaction: Transaction
}

/** The answer: one page, and how many there are on all. */
export interface TransactionSearchAnswer {
  readonly totalItems: number
  readonly transactions: readonly FoundTransaction[]
}
