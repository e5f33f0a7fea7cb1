import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ChartRenderer } from '../../../src/server/charts/chart-renderer.ts'
import { LiveStreams } from '../../../src/server/live-stream/live-streams.ts'
import { NowBoard } from '../../../src/server/now/now-board.ts'
import { NowFeed } from '../../../src/server/now/now-feed.ts'
import { AFTERNOON, busyFigures, FakeSource } from '../../fake-source.ts'

test('while the source rests after a long look nobody is sent the same figures again', async () => {
  const time = { now: AFTERNOON }
  const clock = () => time.now
  const source = new FakeSource(busyFigures(AFTERNOON))
  const figures = source.figures.bind(source)
  source.figures = async () => {
    time.now += 1_500
    return await figures()
  }
  const charts = new ChartRenderer()
  const board = new NowBoard(new NowFeed({ source, clock, onFailure: () => undefined }), charts)
  const streams = new LiveStreams({ board, clock, readersMax: 1, onFailure: () => undefined })
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const write = vi.spyOn(response, 'write')
  const sent = () => write.mock.calls.filter(([chunk]) => String(chunk).startsWith('event: now')).length
  onTestFinished(() => {
    streams.close()
    charts.close()
  })
  streams.add(response, { subject: 'figures', packed: false })
  await expect.poll(sent).toBe(1)
  await streams.tick()
  expect(sent()).toBe(2)
  time.now += 1_000
  await streams.tick()
  expect(sent()).toBe(2)
  time.now += 6_000
  await streams.tick()
  expect([sent(), source.looks]).toEqual([3, 2])
})
