import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { simulate } from '../commands/simulate.ts'
import { parseOptions } from '../simulate/options.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-simulate-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const OPTIONS = ['--seed', '7', '--holders', '200', '--years', '2025', '--regions', 'Maasland']

async function simulated(name: string): Promise<string> {
  const path = join(folder, name)
  expect(await simulate.run([...OPTIONS, '--to', path])).toBe(0)
  return path
}

describe('zuil simulate', () => {
  test('writes the same rows as NDJSON, CSV and Parquet, and nothing beside them', async () => {
    const text = await readFile(await simulated('a.ndjson'), 'utf8')
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line))
    const csv = (await readFile(await simulated('a.csv'), 'utf8')).trimEnd().split('\r\n')
    const parquet = await parquetReadObjects({ file: await asyncBufferFromFile(await simulated('a.parquet')) })

    expect(rows.length).toBeGreaterThan(200)
    expect(csv.slice(1).map((line) => line.slice(0, 36))).toEqual(rows.map(({ id }) => id))
    expect(
      parquet.map(({ id, holder, occurred_on: day, memberships, takes, points }) => {
        return {
          id,
          holder: Number(holder),
          day: (day as Date).toISOString().slice(0, 10),
          memberships: (memberships as bigint[]).map(Number),
          takes,
          points,
        }
      }),
    ).toEqual(
      rows.map(({ id, holder, occurred_on: day, memberships, takes, points }) => ({
        id,
        holder,
        day,
        memberships,
        takes,
        points,
      })),
    )
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'a.ndjson', 'a.parquet'])
  })

  test('writes the same bytes each time', async () => {
    const first = await readFile(await simulated('a.ndjson'))
    expect((await readFile(await simulated('b.ndjson'))).equals(first)).toBe(true)
  })

  test('writes true answers beside it, a line each', async () => {
    const path = join(folder, 'truth.ndjson')
    expect(await simulate.run([...OPTIONS, '--truth', path])).toBe(0)
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toContainEqual({
      measure: 'A9',
      figure: 'returning',
      dimensions: { quarter: '2025-Q1' },
      value: 0,
    })
  })

  test.each([
    [['--to', 'a.ndjson', '--holders', 'many'], '--holders is "many"'],
    [['--to', 'a.ndjson', '--years', '2026-2025'], '--years is "2026-2025"'],
    [['--to', 'a.ndjson', '--sede', '7'], 'There is no option --sede'],
    [['--to'], '--to needs a value'],
    [['--seed', '7'], 'Say where to'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message)
  })

  test('says what a file may be called, and which region there is not', async () => {
    await expect(simulate.run([...OPTIONS, '--to', join(folder, 'a.xls')])).rejects.toThrow('.ndjson, .csv or .parquet')
    await expect(simulate.run(['--regions', 'Atlantis', '--to', join(folder, 'a.csv')])).rejects.toThrow('Atlantis')
  })
})
