import { expect, test } from 'vitest'
import { type DrillHand, DrillStage } from '../../drills/drill.ts'
import type { OwnInstallation } from '../../installation/own-installation.ts'
import { AnswerBook } from '../../verdict/answer-book.ts'

const DOOR = { eventId: 'e', checkinCode: 'c', cardSystem: 1, deviceId: 'd', token: 't', clientId: 'i', clientSecret: 's' }

/** An installation of which some parts run. */
function stageOf(running: readonly string[]) {
  const signals: string[] = []
  const notes: string[] = []
  const installation = {
    signal: (part: string, signal: string) => running.includes(part) && signals.push(`${part} ${signal}`) > 0,
    pids: () => ({}),
  } as unknown as OwnInstallation // the members that a drill of processes uses
  const hand: DrillHand = {
    door: DOOR,
    visitors: [],
    answers: new AnswerBook(),
    note: (text) => void notes.push(text),
    mayLose: () => undefined,
  }
  return { stage: new DrillStage(installation, hand), signals, notes }
}

test('a part that is killed is noted', () => {
  const { stage, signals, notes } = stageOf(['ingest'])
  stage.kill('ingest')
  expect({ signals, notes }).toEqual({ signals: ['ingest SIGKILL'], notes: ['ingest is killed'] })
})

test('what a drill waits for and never sees ends it with what that was', async () => {
  const { stage } = stageOf([])
  await expect(stage.until('somebody is turned away', () => false, 0)).rejects.toThrow('never seen within 0 s that somebody')
})

test('a part that does not run cannot be killed or paused: a drill that shows nothing is no drill', async () => {
  const { stage, notes } = stageOf([])
  expect(() => stage.kill('hub')).toThrow('hub does not run')
  await expect(stage.pause('redis-server', 1)).rejects.toThrow('redis-server does not run')
  expect(notes).toEqual([])
})
