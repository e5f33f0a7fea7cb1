import { parentPort } from 'node:worker_threads'
import { segmentText } from '../archive/segment-text.ts'
import type { ThreadAnswer } from '../thread.ts'
import type { TextAnswer, TextOrder } from './text-thread.ts'

// A thread that makes texts of rows; whoever started it ends it.
parentPort?.on('message', (order: TextOrder) => {
  try {
    const { text, tables } = segmentText(order.segment, Buffer.from(order.room.buffer))
    // a text that was larger than its room stands in memory of this thread
    const given = text.buffer instanceof ArrayBuffer ? [text.buffer] : []
    parentPort?.postMessage({ result: { text, tables } satisfies TextAnswer } satisfies ThreadAnswer, given)
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error : new Error(String(error)) } satisfies ThreadAnswer)
  }
})
