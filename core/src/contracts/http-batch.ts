import Type, { type Static } from 'typebox'
import { FLAGS } from '../transaction.ts'
import { ProblemBody } from './http-problem.ts'

/** Lines that one `POST /batches` may carry: half a second of work at the promised rate. */
export const BATCH_LINES_MAX = 25_000

/** Bytes of one line: a check-in takes some 200. */
export const BATCH_LINE_BYTES_MAX = 2_000

/**
 * One line of `POST /batches` (`application/x-ndjson`): a check-in that a device saw while it was offline. Either
 * `uitpasNumber` or `chipNumber`; `eventId` always from a client, while a kiosk may leave it out when it saved points for
 * the event that it finds itself. The nonce makes the line unique for the caller: the same line again is the same check-in.
 */
export const BatchLine = Type.Object(
  {
    nonce: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\x21-\\x7e]*$' }),
    scannedAt: Type.String({ minLength: 1, maxLength: 40 }),
    eventId: Type.Optional(Type.String({ minLength: 1 })),
    uitpasNumber: Type.Optional(Type.String({ minLength: 1 })),
    chipNumber: Type.Optional(Type.String({ minLength: 1 })),
  },
  { title: 'BatchLine' },
)
export type BatchLine = Static<typeof BatchLine>

/**
 * How a line ended. `flagged`: journalled although a rule was broken, without points. `replayed`: it came before; the
 * other members are those of the first time.
 */
export const BATCH_RESULTS = ['accepted', 'flagged', 'refused', 'replayed'] as const

/** One line of the answer (`application/x-ndjson`), in the order of the lines that were sent. */
export const BatchResult = Type.Object(
  {
    /** Counted from 1. */
    line: Type.Integer({ minimum: 1 }),
    /** Empty when the line was not readable. */
    nonce: Type.String(),
    result: Type.Enum([...BATCH_RESULTS]),
    /** 201: taken into the journal now; 200: it was there already; else the status of the problem. */
    status: Type.Integer(),
    id: Type.Optional(Type.String()),
    receipt: Type.Optional(Type.String()),
    points: Type.Optional(Type.Integer()),
    flags: Type.Optional(Type.Array(Type.Enum([...FLAGS]))),
    problem: Type.Optional(ProblemBody),
  },
  { title: 'BatchResult' },
)
export type BatchResult = Static<typeof BatchResult>
