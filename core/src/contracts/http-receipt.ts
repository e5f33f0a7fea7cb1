import Type, { type Static } from 'typebox'

/** `GET /receipts/{id}`: how far accepted work has come. Ours. */
export const ReceiptPath = Type.Object({ receiptId: Type.String({ minLength: 1, maxLength: 40 }) })
export type ReceiptPath = Static<typeof ReceiptPath>

export const ReceiptBody = Type.Object(
  {
    id: Type.String({ description: 'The receipt, as in the header Zuil-Receipt' }),
    journalled: Type.Boolean({ description: 'It is in the journal, on disk' }),
    loaded: Type.Boolean({ description: 'It is in the warehouse, read back' }),
    journalledAt: Type.String({ format: 'date-time' }),
  },
  { title: 'Receipt' },
)
export type ReceiptBody = Static<typeof ReceiptBody>
