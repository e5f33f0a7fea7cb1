import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { eventFrame } from '../../../src/server/live-stream/frame.ts'
import { READER_EVENTS_MAX, READER_STUCK_MS, StreamReader } from '../../../src/server/live-stream/stream-reader.ts'

/** A connection that takes what it is told to take. */
class SlowResponse extends EventEmitter {
  readonly written: string[] = []
  open = true

  write(chunk: Buffer): boolean {
    this.written.push(chunk.toString())
    return this.open
  }

  drain(): void {
    this.open = true
    this.emit('drain')
  }
}

function readerOf(response: SlowResponse) {
  const time = { now: 0 }
  // `as` holds: the reader uses `write` and the event `drain` only.
  const reader = new StreamReader({ response: response as unknown as ServerResponse, packed: false, clock: () => time.now })
  return { reader, time }
}

const numbers = (response: SlowResponse) => response.written.flatMap((text) => text.match(/data: .*/g) ?? [])

test('a reader with a quick connection gets every event', () => {
  const response = new SlowResponse()
  const { reader } = readerOf(response)
  for (let event = 1; event <= 20; event++) reader.send(eventFrame('now', event))
  expect(numbers(response)).toHaveLength(20)
})

test('a slow reader gets the newest events, and is told how many it missed', () => {
  const response = new SlowResponse()
  const { reader } = readerOf(response)
  response.open = false
  for (let event = 0; event <= 10; event++) reader.send(eventFrame('now', event))
  expect(numbers(response)).toEqual(['data: 0'])
  response.drain()
  const missed = 10 - READER_EVENTS_MAX
  expect(numbers(response)).toEqual(['data: 0', `data: {"events":${missed}}`, 'data: 7', 'data: 8', 'data: 9', 'data: 10'])
})

test('a reader that takes nothing for a minute is stuck, one that takes something is not', () => {
  const response = new SlowResponse()
  const { reader, time } = readerOf(response)
  response.open = false
  reader.send(eventFrame('now', 1))
  time.now = READER_STUCK_MS + 1
  expect(reader.isStuck()).toBe(true)
  response.drain()
  expect(reader.isStuck()).toBe(false)
})
