import { expect, test } from 'vitest'
import { DrillStage } from '../../drills/drill.ts'
import type { OwnInstallation } from '../../installation/own-installation.ts'

const DOOR = { eventId: 'e', checkinCode: 'c', cardSystem: 1, deviceId: 'd', token: 't', clientId: 'i', clientSecret: 's' }

/** An installation of which some parts run. */
function stageOf(running: readonly string[]) {
  const signals: string[] = []
  const notes: string[] = []
  const installation = {
    signal: (part: string, signal: string) => running.includes(part) && signals.push(`${part} ${signal}`) > 0,
    pids: () => ({}),
  } as unknown as OwnInstallation // the members that a drill of processes uses
  return { stage: new DrillStage(installation, { door: DOOR, note: (text) => notes.push(text) }), signals, notes }
}

test('a part that is killed is noted', () => {
  const { stage, signals, notes } = stageOf(['ingest'])
  stage.kill('ingest')
  expect({ signals, notes }).toEqual({ signals: ['ingest SIGKILL'], notes: ['ingest is killed'] })
})

test('a part that does not run cannot be killed or paused: a drill that shows nothing is no drill', async () => {
  const { stage, notes } = stageOf([])
  expect(() => stage.kill('hub')).toThrow('hub does not run')
  await expect(stage.pause('redis-server', 1)).rejects.toThrow('redis-server does not run')
  expect(notes).toEqual([])
})
