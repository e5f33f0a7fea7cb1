import Type, { type Static } from 'typebox'

/** `GET /receipts/{id}`: how far accepted work has come. Ours. */
export const ReceiptPath = Type.Object({ id: Type.String({ minLength: 1, maxLength: 40 }) })
export type ReceiptPath = Static<typeof ReceiptPath>

export const RECEIPT_STATUSES = ['JOURNALLED', 'LOADED'] as const

export const ReceiptBody = Type.Object(
  {
    id: Type.String(),
    /** JOURNALLED: on disk in the journal. LOADED: in the warehouse, read back. */
    status: Type.Enum([...RECEIPT_STATUSES]),
    journalledAt: Type.String({ format: 'date-time' }),
  },
  { title: 'Receipt' },
)
export type ReceiptBody = Static<typeof ReceiptBody>
