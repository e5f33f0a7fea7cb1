import { parentPort } from 'node:worker_threads'
import { segmentText } from '../archive/segment-text.ts'
import type { ThreadAnswer } from '../thread.ts'
import { memoryOf, type TextAnswer, type TextOrder } from './text-thread.ts'

// A thread that makes texts of rows; whoever started it ends it.
parentPort?.on('message', (order: TextOrder) => {
  try {
    const { text, room, tables } = segmentText(order.segment, Buffer.from(order.room.buffer))
    const result: TextAnswer = { segment: order.segment, room, bytes: text.length, tables }
    parentPort?.postMessage({ result } satisfies ThreadAnswer, memoryOf(order.segment, room))
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error : new Error(String(error)) } satisfies ThreadAnswer)
  }
})
