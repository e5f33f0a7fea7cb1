import { type IdKey, parsePosition } from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import type { Warehouse } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import { packRecord } from '../archive/record-rows.ts'
import { SegmentPacker, type SegmentRow, unpackRows } from '../archive/segment.ts'
import { insertOrIsolate } from '../load/insert.ts'
import { poisonReason } from '../load/poison-reason.ts'
import { problemOf } from '../problem.ts'
import { expectRanges } from '../verify/expectations.ts'
import { findDifferences } from '../verify/verify-lane.ts'
import type { DeadLetter, DeadLetters } from './dead-letters.ts'

export interface ReplayDependencies {
  readonly archive: Archive
  readonly deadLetters: DeadLetters
  readonly warehouse: Warehouse
  readonly idKey: IdKey
  readonly clock: () => number
}

export interface ReplayResult {
  readonly replayed: number
  /** What still cannot be stored: where it stands and why. */
  readonly waiting: readonly {
    readonly lane: number
    readonly range: number
    readonly position: string
    readonly reason: string
  }[]
}

/**
 * Tries to store every dead letter that waits, under its own identity: the same position, id and range that it had. A row counts as
 * replayed when it was read back. Nothing else loads meanwhile. @throws what the warehouse throws, when it is not about a row.
 */
export async function replayDeadLetters(dependencies: ReplayDependencies): Promise<ReplayResult> {
  const { deadLetters } = dependencies
  const waiting: { lane: number; range: number; position: string; reason: string }[] = []
  let replayed = 0
  for (const lane of await deadLetters.lanes()) {
    for (const range of await deadLetters.ranges(lane)) {
      const letters = await deadLetters.of(lane, range)
      for (const [index, letter] of letters.entries()) {
        if (letter.replayed) continue
        const reason = await replayLetter(dependencies, { lane, range, letters, index })
        if (reason === undefined) replayed += 1
        else waiting.push({ lane, range, position: letter.position, reason })
      }
    }
  }
  return { replayed, waiting }
}

interface LetterPlace {
  readonly lane: number
  readonly range: number
  readonly letters: DeadLetter[]
  readonly index: number
}

/** Undefined when the letter was stored; it is then marked in `letters` too. */
async function replayLetter(dependencies: ReplayDependencies, place: LetterPlace): Promise<string | undefined> {
  const { archive, deadLetters, warehouse, idKey, clock } = dependencies
  const { lane, range, letters, index } = place
  const letter = letters[index]
  if (!letter) return undefined
  let rows: SegmentRow[]
  try {
    rows = rowsOfLetter(letter, { lane, range, idKey })
  } catch (error) {
    return problemOf(error)
  }
  for (const row of rows) {
    const [refused] = await insertOrIsolate(warehouse, { table: row.table, lines: [row.line] }, poisonReason)
    if (refused) return refused.reason
  }
  const done: DeadLetter = { ...letter, replayed: { at: clock(), rows } }
  const after = letters.with(index, done)
  const overlay = {
    of: async (ofLane: number, ofRange: number) =>
      ofLane === lane && ofRange === range ? after : deadLetters.of(ofLane, ofRange),
  }
  const expectations = await expectRanges(
    { archive, deadLetters: overlay, idKey },
    { lane, first: range, upTo: await archive.lastRange(lane) },
  )
  if ((await findDifferences(warehouse, expectations, { lane, first: range, last: range })).length > 0) return 'content-mismatch'
  await deadLetters.replace(lane, range, after)
  letters[index] = done
  return undefined
}

function rowsOfLetter(letter: DeadLetter, place: { lane: number; range: number; idKey: IdKey }): SegmentRow[] {
  if (letter.table !== '') return [{ table: letter.table, line: letter.text }]
  const position = parsePosition(place.lane, letter.position)
  if (!position) throw new TypeError('A dead letter has no position')
  const packer = new SegmentPacker(1)
  packRecord(packer, decodeRecord(letter.text), { position, range: place.range, idKey: place.idKey })
  return unpackRows(packer.packed().text)
}
