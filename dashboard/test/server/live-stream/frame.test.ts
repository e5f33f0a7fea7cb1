import { constants, createGunzip } from 'node:zlib'
import { expect, test } from 'vitest'
import { eventFrame, frameOf, GZIP_HEADER } from '../../../src/server/live-stream/frame.ts'

/** Decodes a gzip stream that has no end, as a browser does. */
async function unpacked(chunks: readonly Buffer[]): Promise<string> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
  gunzip.end(Buffer.concat(chunks))
  const parts: Buffer[] = []
  for await (const part of gunzip) parts.push(part)
  return Buffer.concat(parts).toString()
}

test('packed frames can be joined in any order behind one gzip header', async () => {
  const [first, second, third] = ['retry: 1\n\n', eventFrame('now', { a: 'é' }), frameOf(': x\n\n')].map((frame) =>
    typeof frame === 'string' ? frameOf(frame) : frame,
  )
  const chunks = [first, third, second, third].flatMap((frame) => (frame ? [frame.packed] : []))
  expect(await unpacked([GZIP_HEADER, ...chunks])).toBe('retry: 1\n\n: x\n\nevent: now\ndata: {"a":"é"}\n\n: x\n\n')
})

test('an event with line ends in its data stays one event', () => {
  expect(eventFrame('now', { text: 'a\n\nb' }).plain.toString()).toBe('event: now\ndata: {"text":"a\\n\\nb"}\n\n')
})
